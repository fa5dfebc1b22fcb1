"""turn: how a box stands in the video."""

from __future__ import annotations

from math import cos, radians, sin

from vidc.record import record


@record
class Turn:
    """How a box stands in the video: its top left corner in px, its size, and by how many degrees it is turned about
    its centre, clockwise."""

    x: float
    y: float
    width: float
    height: float
    degrees: float = 0.0

    def meets(self, other: Turn) -> bool:
        """Whether two boxes have an area in common, as they stand before they are turned."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """(xx, yx, xy, yy, dx, dy): from px in the box to px in the video."""
        turn = radians(self.degrees % 360)
        along, across = cos(turn), sin(turn)
        if self.degrees % 90 == 0:
            along, across = float(round(along)), float(round(across))
        middle_x, middle_y = self.width / 2, self.height / 2
        dx = self.x + middle_x - along * middle_x + across * middle_y
        dy = self.y + middle_y - across * middle_x - along * middle_y
        return along, across, -across, along, dx, dy

    def after(
        self, inner: tuple[float, float, float, float, float, float]
    ) -> tuple[float, float, float, float, float, float]:
        """The matrix that does `inner` first, and takes what is then in px of the box to px of the video."""
        xx, yx, xy, yy, dx, dy = self.matrix()
        ixx, iyx, ixy, iyy, idx, idy = inner
        return (
            xx * ixx + xy * iyx,
            yx * ixx + yy * iyx,
            xx * ixy + xy * iyy,
            yx * ixy + yy * iyy,
            xx * idx + xy * idy + dx,
            yx * idx + yy * idy + dy,
        )
