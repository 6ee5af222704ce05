"""What planners take along: tables, maps and a report, described once and written in four forms."""
