import Artifacts
import Backtesting

/// When bars are, for people; their numbers, counted from 1, where times are not known.
extension Market {
  /// The time of a bar in full.
  func time(_ bar: Int) -> String {
    hasTimes ? CivilTime.iso8601(microseconds: timestamps[bar]) : number(bar)
  }

  /// Its day.
  func day(_ bar: Int) -> String { hasTimes ? Figures.day(timestamps[bar]) : number(bar) }

  /// Its day where it begins at midnight, or else its time.
  func moment(_ bar: Int) -> String { hasTimes ? DataNote.moment(timestamps[bar]) : number(bar) }

  private func number(_ bar: Int) -> String { "bar \(Figures.count(bar + 1))" }
}
