import CBuiltInMarkets

/// A market that is compiled into the program: `builtin:btc-1d` and `builtin:btc-5m`.
///
/// Where the prices come from stands in `Sources/CBuiltInMarkets/NOTICE`.
public enum BuiltInMarket: String, CaseIterable, Sendable {
  /// Daily bars of BTC/USDT on Binance, 2017-08-17 to 2024-12-31: 2,694 bars without a gap.
  case daily = "btc-1d"
  /// 5-minute bars of BTC/USD on Bitstamp, 2026-08-17 to 2026-08-30: 4,032 bars without a gap.
  case fiveMinutes = "btc-5m"

  /// The market as the bytes of a CSV file with the header `timestamp,open,high,low,close,volume`.
  public var bytes: [UInt8] {
    var length = 0
    // The C side hands out constant memory that lives as long as the program, and its true length.
    guard let start = unsafe fluke_built_in_market(index, &length) else {
      preconditionFailure("\(rawValue) is not compiled in")
    }
    return unsafe [UInt8](UnsafeBufferPointer(start: start, count: length))
  }

  private var index: Int32 {
    switch self {
    case .daily: 0
    case .fiveMinutes: 1
    }
  }
}
