import Artifacts
import Backtesting

/// `raw/<market>.csv`: the bars that were used, so that a run can be repeated from its store alone.
enum BarsTable {
  /// Writes the market's bars as CSV; without times if it has none.
  static func write(_ market: Market, threads: Int, append: ([UInt8]) throws -> Void) throws {
    var header = CSVEncoder()
    let hasTimes = market.hasTimes
    if hasTimes { header.append("timestamp") }
    for name in ["open", "high", "low", "close", "volume"] { header.append(name) }
    header.endRow()
    try append(header.bytes)
    try EncodedRows.write(market.count, width: 100, threads: threads, append: append) { encoder, bar in
      if hasTimes { encoder.append(microsecondsSince1970: market.timestamps[bar]) }
      encoder.append(market.open[bar])
      encoder.append(market.high[bar])
      encoder.append(market.low[bar])
      encoder.append(market.close[bar])
      encoder.append(market.volume[bar])
      encoder.endRow()
    }
  }
}
