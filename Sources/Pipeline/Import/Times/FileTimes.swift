import Backtesting

/// The times of a file's rows, once all of them have been read.
struct FileTimes {
  /// In the order of the file, or of what is left of it; in microseconds since 1970-01-01T00:00:00Z.
  var timestamps: [Int64]
  /// The rows that are left where some break the order; `nil` for all.
  var kept: [Int]?
  /// The rows that are left out, with their lines.
  var faults: [(line: Int, fault: RowFault)] = []
  /// How they were read.
  var report: TimesReport
}

extension FileTimes {
  /// Numbers instead of times, of as many rows, as ``TradingCalendar/areNumbers(_:)`` knows them.
  init(numbering rows: Int) {
    self.init(
      timestamps: (0..<rows).map { Int64($0) },
      report: TimesReport(format: "none, so that bars are numbered", isNewestFirst: false, isPlain: false))
  }
}

/// How the times of a file were read.
public struct TimesReport: Sendable, Equatable {
  /// What the cells are, such as `dates` or `seconds since 1970`.
  public let format: String
  /// Whether the file begins with its newest row, so that the rows were turned round.
  public let isNewestFirst: Bool
  /// Whether the times are plain enough that nobody needs to hear how they were read.
  public let isPlain: Bool

  /// What a report says of it, in one line.
  public var words: String {
    format + (isNewestFirst ? "; newest first in the file, turned round" : "")
  }
}
