"""劳动能力与残疾程度: severe disability, working age."""
