import Artifacts
import Backtesting

/// What a market returns on the bars of a file of returns: closes from bar to bar.
///
/// With times on both sides, a return belongs to the bar of its time, or where the returns are of days and the market has
/// a bar a day, to that of its day; the market's return is that since the bar of the return before. Without times on both
/// sides there are as many returns as bars, or one less, as changes from bar to bar are.
struct MarketReturns {
  /// A return for each row of the file; 0 on the market's first bar, on which no strategy can earn.
  let values: [Double]

  /// - Throws: ``ReturnsFault/marketCount(market:found:needed:)``, ``ReturnsFault/marketTime(market:bar:time:)``.
  init(_ market: Market, name: String, for returns: ImportedReturns) throws(ReturnsFault) {
    let bars: [Int]
    if let times = returns.timestamps, market.hasTimes {
      bars = try Self.bars(at: times, of: market, name: name)
    } else if returns.bars == market.count || returns.bars == market.count - 1 {
      bars = Array(market.count - returns.bars..<market.count)
    } else {
      throw .marketCount(market: name, found: returns.bars, needed: market.count)
    }
    values = bars.indices.map { row in
      // The first return is over the one bar that it is of.
      let before = row > 0 ? bars[row - 1] : bars[row] - 1
      return before < 0 ? 0 : market.close[bars[row]] / market.close[before] - 1
    }
  }

  /// For each time the bar of it.
  private static func bars(
    at times: [Int64], of market: Market, name: String
  ) throws(ReturnsFault) -> [Int] {
    if let bars = match(times, market.timestamps) { return bars }
    let days = market.timestamps.map(Self.day)
    if times.allSatisfy({ $0 == Self.day($0) }), zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }),
      let bars = match(times, days)
    {
      return bars
    }
    var bar = 0
    for (row, time) in times.enumerated() {
      while bar < market.count, market.timestamps[bar] < time { bar += 1 }
      if bar == market.count || market.timestamps[bar] != time {
        throw .marketTime(market: name, bar: row + 1, time: time)
      }
    }
    return []
  }

  private static func day(_ time: Int64) -> Int64 {
    let rest = time % CivilTime.microsecondsPerDay
    return time - (rest < 0 ? rest + CivilTime.microsecondsPerDay : rest)
  }

  /// The place of each of `times` in `known`, both increasing; `nil` if one is missing.
  private static func match(_ times: [Int64], _ known: [Int64]) -> [Int]? {
    var places: [Int] = []
    places.reserveCapacity(times.count)
    var place = 0
    for time in times {
      while place < known.count, known[place] < time { place += 1 }
      guard place < known.count, known[place] == time else { return nil }
      places.append(place)
    }
    return places
  }
}
