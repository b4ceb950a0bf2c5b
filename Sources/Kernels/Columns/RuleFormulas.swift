import CTileKernel

/// The last steps of the features of rule grids, in as many lanes as the machine has.
///
/// Columns have one value a bar. Windows have one element each, of which the first belongs to bar `first`, and the
/// results are undefined before that bar. A quotient that is not finite is undefined, too.
public enum RuleFormulas {
  /// `((p - H) + (p - L))/(H - L)` of price, highest and lowest: where the price stands in a channel, from -1 to 1.
  public static func channelPlaces(
    of prices: [Double], from first: Int, highest: WindowExtremes, lowest: WindowExtremes
  ) -> [Double] {
    unsafe places(of: prices, from: first, highest, lowest, by: fluke_channel_places)
  }

  /// `100·((p - L)/(H - L))` of price, highest and lowest: where the price stands in a range, in per cent.
  public static func rangePlaces(
    of prices: [Double], from first: Int, highest: WindowExtremes, lowest: WindowExtremes
  ) -> [Double] {
    unsafe places(of: prices, from: first, highest, lowest, by: fluke_range_places)
  }

  /// `(first - second)/unit`. The difference comes first: it is exact where the two are near, and a quotient less 1 would
  /// round twice.
  public static func relativeDifferences(
    _ first: [Double], _ second: [Double], to unit: [Double]
  ) -> [Double] {
    precondition(first.count == second.count && first.count == unit.count, "columns of one length")
    return unsafe [Double](bars: first.count, undefinedBefore: 0) { differences in
      unsafe fluke_relative_differences(first.count, first, second, unit, differences)
    }
  }

  /// The change from the value `period` bars before, relative to it, undefined before bar `period`.
  public static func relativeChanges(of column: [Double], over period: Int) -> [Double] {
    precondition(period >= 1, "a change spans at least one bar")
    return unsafe [Double](bars: column.count, undefinedBefore: period) { changes in
      unsafe column.withUnsafeBufferPointer { column in
        guard let earlier = column.baseAddress else { return }
        unsafe fluke_relative_differences(
          column.count - period, earlier + period, earlier, earlier, changes + period)
      }
    }
  }

  /// `100·(part/(part + rest))`: the part of the whole in per cent.
  public static func shares(_ part: [Double], beside rest: [Double]) -> [Double] {
    precondition(part.count == rest.count, "columns of one length")
    return unsafe [Double](bars: part.count, undefinedBefore: 0) { shares in
      unsafe fluke_shares(part.count, part, rest, shares)
    }
  }

  /// `(50 - p)/50` of per cents.
  public static func belowMiddle(_ percent: [Double]) -> [Double] {
    unsafe [Double](bars: percent.count, undefinedBefore: 0) { below in
      unsafe fluke_below_middle(percent.count, percent, below)
    }
  }

  /// Makes values undefined that are not finite.
  public static func undefineInfinities(_ column: inout [Double]) {
    unsafe fluke_undefine_infinities(column.count, &column)
  }

  /// One of the loops of FeatureColumns.h over bars and their windows.
  private typealias Loop = (
    _ first: Int, _ bars: Int, _ prices: UnsafePointer<Double>?, _ highest: UnsafePointer<Double>?,
    _ lowest: UnsafePointer<Double>?, _ places: UnsafeMutablePointer<Double>?
  ) -> Void

  private static func places(
    of prices: [Double], from first: Int, _ highest: WindowExtremes, _ lowest: WindowExtremes, by loop: Loop
  ) -> [Double] {
    precondition(first >= 0, "windows belong to bars")
    precondition(
      highest.count >= prices.count - first && lowest.count >= prices.count - first,
      "a window for each bar from the first on")
    return unsafe [Double](bars: prices.count, undefinedBefore: first) { places in
      unsafe loop(first, prices.count, prices, highest.values, lowest.values, places)
    }
  }
}
