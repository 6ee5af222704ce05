"""Coverage: which areas have what within minutes on foot, and which do not."""

from ui.coverage import screen

screen.show()
