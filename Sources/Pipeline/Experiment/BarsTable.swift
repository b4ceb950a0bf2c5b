import Artifacts
import Backtesting

/// `raw/<market>.csv`: the bars that were used, so that a run can be repeated from its store alone.
enum BarsTable {
  /// Rows that are encoded before they are handed on.
  private static let rowsPerChunk = 8_192

  /// Writes the market's bars as CSV.
  static func write(_ market: Market, append: ([UInt8]) throws -> Void) throws {
    var table = CSVEncoder()
    for name in ["timestamp", "open", "high", "low", "close", "volume"] { table.append(name) }
    table.endRow()
    for bar in 0..<market.count {
      table.append(CivilTime.iso8601(microseconds: market.timestamps[bar]))
      table.append(market.open[bar])
      table.append(market.high[bar])
      table.append(market.low[bar])
      table.append(market.close[bar])
      table.append(market.volume[bar])
      table.endRow()
      if bar % rowsPerChunk == rowsPerChunk - 1 {
        try append(table.bytes)
        table.removeAll()
      }
    }
    try append(table.bytes)
  }
}
