import Backtesting
import Kernels
import Statistics

/// One entry of a suite: a name by which it can be chosen, and what is measured.
public struct BenchmarkCase: Sendable {
  /// The name.
  public let name: String
  /// Verifies and measures.
  public let records: @Sendable (Setting) throws -> [CaseRecord]

  public init(name: String, records: @escaping @Sendable (Setting) throws -> [CaseRecord]) {
    self.name = name
    self.records = records
  }

  /// What `fluke bench` measures, in this order.
  ///
  /// - Parameter strategies: about so many in each backtest.
  public static func standard(strategies: Int) -> [BenchmarkCase] {
    let market = BacktestCase.market(bars: BacktestCase.standardBars)
    return [
      BenchmarkCase(name: "memory", records: PartCases.memory),
      BenchmarkCase(name: "product", records: PartCases.products),
      BenchmarkCase(name: "accounting") { PartCases.accounting(in: $0) },
    ]
      + BacktestCase.families(strategies: strategies, market: market)
      + [
        BenchmarkCase(name: "cscv") {
          try CrossValidationCase(name: "cscv", metric: SharpeMetric(), strategies: 1_000).records(in: $0)
        },
        BenchmarkCase(name: "spa") { try SnoopingCase(strategies: 500).records(in: $0) },
      ]
  }

  /// Those of `cases` that `chosen` names, in full or by their first part; all where it names none.
  ///
  /// - Throws: ``UnknownCase`` for a name that none has.
  public static func choose(
    _ chosen: [String], from cases: [BenchmarkCase]
  ) throws(UnknownCase) -> [BenchmarkCase] {
    func isMeant(_ item: BenchmarkCase, by name: String) -> Bool {
      item.name == name || item.name.hasPrefix(name + "-")
    }
    for name in chosen where !cases.contains(where: { isMeant($0, by: name) }) {
      throw UnknownCase(name: name, known: cases.map(\.name))
    }
    return chosen.isEmpty ? cases : cases.filter { item in chosen.contains { isMeant(item, by: $0) } }
  }
}

/// A name that no case has.
public struct UnknownCase: Error, Equatable, Sendable {
  /// What was asked for.
  public let name: String
  /// What there is.
  public let known: [String]
}
