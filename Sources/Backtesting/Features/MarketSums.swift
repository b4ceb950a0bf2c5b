import Synchronization

/// Running sums of a market's columns, made by the first of several threads that asks and kept for all.
///
/// They are additions that wait for each other, as much work as some averages that start from them.
public final class MarketSums: Sendable {
  /// The market.
  public let market: Market
  private let madeOfClose = Mutex(PrefixSums?.none)
  private let madeOfVolume = Mutex(PrefixSums?.none)

  /// Sums of `market`, none of which are made yet.
  public init(_ market: Market) {
    self.market = market
  }

  var close: PrefixSums { Self.sums(of: market.close, madeOfClose) }
  var volume: PrefixSums { Self.sums(of: market.volume, madeOfVolume) }

  private static func sums(of column: [Double], _ made: borrowing Mutex<PrefixSums?>) -> PrefixSums {
    made.withLock { made in
      let sums = made ?? PrefixSums(column)
      made = sums
      return sums
    }
  }
}
