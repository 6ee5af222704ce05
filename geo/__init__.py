"""Territory and distance, pure: nothing here touches a disk, a network or a database."""
