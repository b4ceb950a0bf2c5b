import Artifacts
import Backtesting

/// Changes of the close from one bar to the next that are seldom changes of the price.
enum LargeMoves {
  /// A fall or a rise beyond these is told. A split of four for one is a fall of 75 %, one of one for three a rise of
  /// 200 %.
  static let fall = -0.6
  static let rise = 1.5

  /// What a report says of `market`: the moves beyond the bounds, at most `most` of them, or where there are none and
  /// `showsLargest` the largest fall and rise.
  static func note(_ market: Market, most: Int, showsLargest: Bool) -> DataNote? {
    var beyond: [(bar: Int, move: Double)] = []
    var lowest = (bar: 0, move: 0.0)
    var highest = (bar: 0, move: 0.0)
    for bar in market.close.indices.dropFirst() {
      let move = market.close[bar] / market.close[bar - 1] - 1
      if move < fall || move > rise { beyond.append((bar, move)) }
      if move < lowest.move { lowest = (bar, move) }
      if move > highest.move { highest = (bar, move) }
    }
    func words(_ found: (bar: Int, move: Double)) -> String {
      let sign = found.move > 0 ? "+" : ""
      return
        "\(sign)\(Figures.decimals(found.move * 100, 1)) % \(market.hasTimes ? "on" : "at") \(market.moment(found.bar))"
    }
    if beyond.isEmpty {
      let largest = [lowest, highest].filter { $0.move != 0 }
      return showsLargest && !largest.isEmpty
        ? DataNote("moves", "largest \(largest.map(words).joined(separator: ", "))") : nil
    }
    let more = beyond.count > most ? " and \(beyond.count - most) more" : ""
    return DataNote(
      "moves",
      "\(beyond.prefix(most).map(words).joined(separator: ", "))\(more), beyond -60 % or +150 % in a bar; "
        + "look for splits that the prices are not adjusted for")
  }
}

extension DataNote {
  /// A moment in words: the day alone at midnight.
  static func moment(_ microseconds: Int64) -> String {
    microseconds % CivilTime.microsecondsPerDay == 0
      ? Figures.day(microseconds) : CivilTime.iso8601(microseconds: microseconds)
  }
}
