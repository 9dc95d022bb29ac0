"""撰写: the draft of a report: its figures as marks, an officer's words, its own check-up."""
