"""One record: edited with all its fields, its history, its earlier versions, merged by two."""
