import Backtesting

/// What a million strategies on some market cost, by the rates that were measured.
///
/// The tallies alone: a sweep also writes tables, and its statistics resample. It is what a shard of a larger sweep
/// spends most of its time on, so it tells how many shards to make.
public struct MillionStrategies: Codable, Equatable, Sendable {
  /// Of one family.
  public struct Entry: Codable, Equatable, Sendable {
    /// The case whose rate was measured.
    public var name: String
    /// Seconds of one core, while the others work too.
    public var coreSeconds: Double
    /// Seconds on all threads of this machine.
    public var seconds: Double

    enum CodingKeys: String, CodingKey {
      case name, seconds
      case coreSeconds = "core_seconds"
    }
  }

  /// The market.
  public var market: String
  /// Its bars.
  public var bars: Int
  /// Family by family.
  public var entries: [Entry]

  private static let strategies = 1e6

  /// By those of `cases` that are backtests in single precision on `threads` threads; `nil` without any.
  public init?(cases: [CaseRecord], threads: Int, market: String, bars: Int) {
    self.market = market
    self.bars = bars
    entries = cases.filter { $0.group == .backtest && $0.precision == .single && $0.threads == threads }.map {
      let coreSeconds = Self.strategies * Double(bars) / $0.ratePerCore
      return Entry(name: $0.name, coreSeconds: coreSeconds, seconds: coreSeconds / Double(threads))
    }
    if entries.isEmpty { return nil }
  }
}
