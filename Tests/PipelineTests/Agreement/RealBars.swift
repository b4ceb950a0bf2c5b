import Backtesting
import Pipeline

/// The market that is compiled in, as bars.
enum RealBars {
  /// 2,694 days of BTC/USDT.
  static let daily = Result { try MarketReader().read(BuiltInMarket.daily.bytes, file: "btc-1d.csv").market }
}
