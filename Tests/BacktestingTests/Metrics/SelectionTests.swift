import Backtesting
import Kernels
import Testing

@Suite("Selection")
struct SelectionTests {
  /// A full sort: defined before undefined or idle, better before worse, lower numbers before higher.
  static func sorted(_ selection: Selection, values: [Double], trades: [Double]) -> [Int] {
    let values = zip(values, trades).map { $1 == 0 ? .nan : $0 }
    return values.indices.filter { trades[$0] >= Double(selection.minimumTrades) }.sorted { a, b in
      if values[a].isNaN != values[b].isNaN { return values[b].isNaN }
      if values[a].isNaN || values[a] == values[b] { return a < b }
      return (values[a] > values[b]) == selection.metric.isHigherBetter
    }
  }

  @Test("the top N of a full sort, for every metric", arguments: Metric.allCases, 0..<8)
  func againstFullSort(metric: Metric, seed: Int) {
    var random = RandomStream(seed: UInt64(seed), purpose: .trial)
    let count = [1, 2, 5, 30, 200, 200, 200, 200][seed]
    // Few different values make many ties; infinities and undefined ones are among them.
    let values = (0..<count).map { _ in
      let draw = random.integer(below: 12)
      return draw == 0 ? Double.nan : draw == 1 ? .infinity : draw == 2 ? -.infinity : Double(draw / 2)
    }
    let trades = (0..<count).map { _ in Double(random.integer(below: 10)) }
    for minimumTrades in [0, 1, 5, 11] {
      let selection = Selection(metric: metric, minimumTrades: minimumTrades)
      let expected = Self.sorted(selection, values: values, trades: trades)
      for top in [0, 1, 2, 10, 1_000] {
        let isRight = selection.best(top, values: values, trades: trades) == Array(expected.prefix(top))
        #expect(isRight, "top \(top) of \(count), at least \(minimumTrades) trades")
      }
    }
  }

  @Test("ties go to the lower number, undefined comes last, few trades not at all")
  func rules() {
    let values = [.nan, 0.2, 0.5, -.infinity, 0.5, 0.9]
    let trades = [9.0, 9, 9, 9, 9, 2]
    #expect(
      Selection(metric: .winRate, minimumTrades: 3).best(9, values: values, trades: trades) == [
        2, 4, 1, 3, 0,
      ])
    #expect(
      Selection(metric: .maximumDrawdown, minimumTrades: 0).best(9, values: values, trades: trades)
        == [3, 1, 2, 4, 5, 0])
    // What never traded has no drawdown, and is no choice.
    #expect(
      Selection(metric: .maximumDrawdown, minimumTrades: 0).best(
        9, values: [0, 0.2, .nan], trades: [0, 3, 0])
        == [1, 0, 2])
    #expect(Selection(metric: .winRate, minimumTrades: 10).best(9, values: values, trades: trades) == [])
    #expect(Selection(metric: .winRate, minimumTrades: 0).best(3, values: [], trades: []) == [])
  }

  @Test("less is better of what is a cost")
  func costs() {
    #expect(
      Metric.allCases.filter { !$0.isHigherBetter } == [.maximumDrawdown, .volatility, .turnover, .kurtosis])
  }
}
