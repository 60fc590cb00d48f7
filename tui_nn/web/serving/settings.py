"""What the user of ``tui-nn serve`` chose."""

from pathlib import Path

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.web.faces import Face

_FEWEST_LABS = 200
_LABS_A_PLACE = 20


@frozen_dataclass
class ServerSettings:
    """How to serve.

    ``most`` is how many browsers there are at once, and ``idle_minutes`` how long nothing may happen in one. In MB,
    ``memory`` is what one program may allocate, ``upload`` how large a file may be, and ``disk`` what the recordings of
    one browser may take; its uploads may take half as much besides. Browsers know this server by ``names`` as well.
    ``folder`` has the lessons of a lab.
    """

    face: Face
    file: Path
    host: str
    port: int
    most: int
    idle_minutes: float
    memory: int
    upload: int
    disk: int
    names: tuple[str, ...]
    folder: Path
    theme: str = ""

    @property
    def most_labs(self) -> int:
        """How many lessons a lab keeps: those of a few courses, but not of somebody who begins one after another."""
        return max(_FEWEST_LABS, _LABS_A_PLACE * self.most)
