/// One instrument's bars, strictly increasing in time.
///
/// All columns have the same length. Prices are positive and finite, `high` is the bar's highest and `low`
/// its lowest price; whoever makes a market (a reader, a generator) has checked that.
public struct Market: Sendable, Equatable {
  /// A short name that is used in artifact keys, such as `btc-1d`.
  public let name: String
  /// The bars' opening times in microseconds since 1970-01-01T00:00:00Z, or their numbers: see ``hasTimes``.
  public let timestamps: [Int64]
  /// The bars' first prices.
  public let open: [Double]
  /// The bars' highest prices.
  public let high: [Double]
  /// The bars' lowest prices.
  public let low: [Double]
  /// The bars' last prices.
  public let close: [Double]
  /// Traded volume; NaN where it is unknown.
  public let volume: [Double]

  /// Whether the times of the bars are known; else ``timestamps`` number them, see ``TradingCalendar/areNumbers(_:)``.
  public var hasTimes: Bool { !TradingCalendar.areNumbers(timestamps) }

  /// The number of bars.
  public var count: Int { close.count }

  /// - Precondition: all columns have the same length.
  public init(
    name: String, timestamps: [Int64], open: [Double], high: [Double], low: [Double], close: [Double],
    volume: [Double]
  ) {
    precondition(
      [open.count, high.count, low.count, close.count, volume.count].allSatisfy { $0 == timestamps.count },
      "a market's columns have one length")
    self.name = name
    self.timestamps = timestamps
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }

  /// A market of the bars in `range`, under the same name.
  public subscript(range: Range<Int>) -> Market {
    Market(
      name: name, timestamps: Array(timestamps[range]), open: Array(open[range]), high: Array(high[range]),
      low: Array(low[range]), close: Array(close[range]), volume: Array(volume[range]))
  }
}
