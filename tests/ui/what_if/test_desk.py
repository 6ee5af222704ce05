"""Plans one goes back to after the directory changed."""

from collections.abc import Callable

from directory.plans import Fault, close
from tests.ui.gaps.conftest import PEOPLE, pharmacy
from tests.ui.what_if.conftest import put_at
from ui.coverage.measured import Measured
from ui.what_if.desk import desk, trial_of


def test_one_goes_back_past_who_left_the_directory(
    street: Measured, measure: Callable[..., Measured]
) -> None:
    standing = trial_of(street).standing
    (key,) = standing
    desk().take(close((), key, standing))
    trial_of(street)
    desk().take(())
    put_at(street, 2_100)
    put, now = desk().plan, measure(pharmacy(500, key="b"), PEOPLE)
    trial_of(now)
    assert desk().lost == ()
    desk().undo()
    desk().undo()
    assert trial_of(now).plan == ()
    assert [lost.fault for lost in desk().lost] == [Fault.GONE]
    desk().redo()
    desk().redo()
    assert trial_of(now).plan == put
