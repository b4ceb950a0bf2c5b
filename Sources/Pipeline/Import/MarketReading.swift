import Backtesting

/// Bars from a file, and what was left out.
public struct MarketReading: Sendable, Equatable {
  /// The bars that can be used.
  public let market: Market
  /// What was left out, and why.
  public let report: ImportReport
}

/// What a reader saw, row by row.
public struct ImportReport: Sendable, Equatable {
  /// Rows that were skipped for one reason.
  public struct Skipped: Sendable, Equatable {
    /// Why.
    public let reason: RowFault.Reason
    /// How many.
    public let rows: Int
    /// The first such row's line, counted from 1.
    public let firstLine: Int
  }

  /// All rows below the header, the skipped ones included.
  public let rowsRead: Int
  /// How the times were read.
  public let times: TimesReport
  /// The skipped rows by reason, in the order of the reasons' first lines; empty if none was skipped.
  public let skipped: [Skipped]
  /// What else the user should hear, a line each.
  public internal(set) var notes: [DataNote] = []

  /// The number of skipped rows.
  public var rowsSkipped: Int { skipped.reduce(0) { $0 + $1.rows } }
}
