import Kernels

/// How a tally is read.
public enum Convention: String, Codable, CaseIterable, Sendable {
  /// Every bar of the segment counts, flat ones included; a trade is a stretch of one position; returns compound.
  case portfolio
  /// Every bar in the market is one trade, as in the classic coin-flip demonstration; returns add up. The first bar of a
  /// position bears the cost of entering it, its last bar that of leaving it.
  case perTrade = "per-trade"
}

extension Tally {
  /// The trades as `convention` counts them: bars in the market, or stretches of one position that have ended.
  @inlinable
  public func trades(_ convention: Convention) -> Int {
    convention == .perTrade ? barsInMarket : tradesClosed
  }
}
