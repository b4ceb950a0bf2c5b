import Kernels
import Statistics

/// The returns of a file, with what cannot be used set apart.
///
/// - Bars at the beginning on which no strategy has a return are left out, such as the first row of changes of prices.
/// - A strategy with an undefined return on any other bar is left out of everything, and still counts as a trial.
/// - A benchmark that is a column of the file is no strategy.
struct TriedReturns: Sendable {
  let names: [String]
  let timestamps: [Int64]?
  let matrix: ReturnMatrix
  /// What the strategies have to beat.
  let benchmark: [Double]?
  let benchmarkName: String
  /// Bars at the beginning without any return.
  let emptyBars: Int
  /// Strategies that were left out, because a return of theirs is undefined.
  let undefinedStrategies: [String]
  /// Strategies whose returns are those of an earlier one, bar by bar.
  let copies: Int

  /// The strategies of the file, used or not.
  var strategiesInFile: Int { names.count + undefinedStrategies.count }

  /// Reads what `options` name.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``.
  static func read(_ options: StatsOptions, log: InputLog) throws -> TriedReturns {
    let reader = ReturnsReader()
    let found = try reader.read(path: options.returns, log: log)
    let file = InputFile.name(ofPath: options.returns)
    guard let name = options.benchmark else {
      return try TriedReturns(found, column: nil, series: nil, name: "cash", file: file)
    }
    if let column = found.names.firstIndex(of: name) {
      return try TriedReturns(found, column: column, series: nil, name: name, file: file)
    }
    do {
      let series = try reader.readBenchmark(path: name, for: found, log: log)
      return try TriedReturns(
        found, column: nil, series: series.matrix.column(0), name: InputFile.stem(ofPath: name), file: file)
    } catch ImportError.missingFile {
      throw ConfigurationError.unknownName(
        option: "benchmark", found: name, known: Self.listed(found.names) + ["a file of returns"])
    }
  }

  /// As many names as a message can hold.
  private static func listed(_ names: [String]) -> [String] { Array(names.prefix(8)) }

  /// - Parameters:
  ///   - column: the benchmark's column in the file.
  ///   - series: the benchmark's returns on the file's bars, where it is no column.
  init(_ found: ImportedReturns, column: Int?, series: [Double]?, name: String, file: String) throws {
    let all = found.matrix
    let strategies = (0..<all.strategies).filter { $0 != column }
    guard !strategies.isEmpty else {
      throw ConfigurationError.notTogether(
        option: "benchmark", with: "a file that has no other column", remedy: "name another column or file")
    }
    let empty = Self.emptyBars(all, of: strategies)
    var undefined = Array(repeating: 0, count: all.strategies)
    for strategy in strategies { undefined[strategy] = found.undefinedCounts[strategy] - empty }
    let used = strategies.filter { undefined[$0] == 0 }
    guard !used.isEmpty, all.bars > empty else {
      throw ConfigurationError.noReturns(
        file: file, strategies: strategies.count, bars: empty < all.bars ? all.bars - empty : all.bars)
    }
    emptyBars = empty
    names = used.map { found.names[$0] }
    undefinedStrategies = strategies.filter { undefined[$0] > 0 }.map { found.names[$0] }
    timestamps = found.timestamps.map { Array($0[empty...]) }
    benchmarkName = name
    benchmark = (column.map { all.column($0) } ?? series).map { Array($0[empty...]) }
    if let bar = benchmark?.firstIndex(where: { !$0.isFinite }) {
      throw ConfigurationError.undefinedBenchmark(name: name, bar: empty + bar + 1)
    }
    if used.count == all.strategies && empty == 0 {
      matrix = all
    } else {
      matrix = try ReturnMatrix(
        bars: all.bars - empty, strategies: used.count,
        values: (empty..<all.bars).flatMap { bar in
          used.lazy.map { all.values[bar * all.strategies + $0] }
        })
    }
    copies = Self.copies(matrix)
  }

  /// The bars before the first on which any of `strategies` has a return.
  private static func emptyBars(_ matrix: ReturnMatrix, of strategies: [Int]) -> Int {
    (0..<matrix.bars).first { bar in
      strategies.contains { !matrix.values[bar * matrix.strategies + $0].isNaN }
    } ?? matrix.bars
  }

  /// How many strategies have the returns of an earlier one.
  private static func copies(_ matrix: ReturnMatrix) -> Int {
    // Sums of bits mixed with their bar; equal columns have equal ones, and those that do are compared in full.
    var digests = Array(repeating: UInt64(0), count: matrix.strategies)
    for bar in 0..<matrix.bars {
      let factor = (UInt64(bar) &* 0x9E37_79B9_7F4A_7C15) | 1
      for strategy in 0..<matrix.strategies {
        digests[strategy] &+= matrix.values[bar * matrix.strategies + strategy].bitPattern &* factor
      }
    }
    var first: [UInt64: Int] = [:]
    var copies = 0
    for (strategy, digest) in digests.enumerated() {
      if let earlier = first[digest] {
        if matrix.column(earlier) == matrix.column(strategy) { copies += 1 }
      } else {
        first[digest] = strategy
      }
    }
    return copies
  }
}
