"""Harmonic tides: a sum of cosines, each with the period of an astronomical motion."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Constituent:
    """One harmonic constituent of the tide.

    Parameters
    ----------
    name : str
        Its usual short name, such as ``"M2"``.
    period : float
        Period, in hours.
    amplitude : float
        Amplitude, in metres.
    phase : float
        Phase at time zero, in radians.
    """

    name: str
    period: float
    amplitude: float
    phase: float = 0.0


MOON = Constituent("M2", 12.4206, 1.2)
SUN = Constituent("S2", 12.0, 0.4)


def height(time: float, constituents: Iterable[Constituent] = (MOON, SUN)) -> float:
    """Height of the water above its mean level.

    Parameters
    ----------
    time : float
        Time, in hours.
    constituents : iterable of Constituent
        The constituents to add up; by default those of the moon and the sun.

    Returns
    -------
    float
        Height, in metres.

    Examples
    --------
    >>> round(height(0.0), 1)
    1.6

    Spring and neap tides come from the moon and the sun falling in and out of step:

    .. plot::
       :alt: Line chart of water height against time over 15 days. The daily swing shrinks from
             1.6 metres at the start to 0.8 metres after about a week, then grows again.
       :include-source: false

       import matplotlib.pyplot as plt
       from tidepool import height

       hours = [quarter / 4 for quarter in range(15 * 24 * 4)]
       plt.figure(figsize=(7, 3), layout="constrained")
       plt.plot([hour / 24 for hour in hours], [height(hour) for hour in hours], linewidth=1)
       plt.xlabel("time (days)")
       plt.ylabel("height (m)")
    """
    return sum(c.amplitude * math.cos(2 * math.pi * time / c.period + c.phase) for c in constituents)


def high_waters(start: float, stop: float, step: float = 0.1) -> list[float]:
    """Times of high water.

    Parameters
    ----------
    start, stop : float
        Time span, in hours.
    step : float
        Resolution, in hours.

    Returns
    -------
    list of float
        Times, in hours, at which the water stands higher than just before and after.

    Raises
    ------
    ValueError
        If `step` is not positive.

    See Also
    --------
    height : the height itself.

    Examples
    --------
    >>> [round(time, 1) for time in high_waters(1, 26)]
    [12.3, 24.6]
    """
    if step <= 0:
        raise ValueError(f"step must be positive (got {step})")
    times = [start + index * step for index in range(int((stop - start) / step) + 1)]
    levels = [height(time) for time in times]
    return [
        times[index]
        for index in range(1, len(times) - 1)
        if levels[index - 1] < levels[index] >= levels[index + 1]
    ]
