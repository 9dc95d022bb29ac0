"""赡养（抚养、扶养）费: by court, by agreement, or by formula."""
