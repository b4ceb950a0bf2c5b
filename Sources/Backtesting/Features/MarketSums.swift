import Synchronization

/// Running sums of a market, made by the first of several threads that asks.
public final class MarketSums: Sendable {
  let market: Market
  private let made = Mutex(PrefixSums?.none)

  /// Sums of `market`, none of which are made yet.
  public init(_ market: Market) {
    self.market = market
  }

  /// Those of the closes. They are additions that wait for each other, a tenth of the time of all averages.
  var close: PrefixSums {
    made.withLock { made in
      let sums = made ?? PrefixSums(market.close)
      made = sums
      return sums
    }
  }
}
