import Kernels
import Statistics

/// The returns of a file, with what cannot be used set apart.
///
/// - Bars at the beginning on which no strategy has a return are left out, such as the first row of changes of prices.
/// - Columns that begin at different bars share those from the latest beginning on; or blanks at the beginning are 0, if
///   that is asked for. Where less than half of the longest column is left, one of the two has to be asked for.
/// - A strategy with an undefined return on any later bar is left out of everything, and still counts as a trial.
/// - So is a strategy whose returns are all 0: it never traded, and is no alternative to those that did.
/// - A benchmark that is a column of the file is no strategy.
struct TriedReturns: Sendable {
  let names: [String]
  let timestamps: [Int64]?
  /// How the times were read, if the file gives them.
  let times: TimesReport?
  let matrix: ReturnMatrix
  /// What the strategies have to beat.
  let benchmark: TriedBenchmark
  /// Bars at the beginning that were left out.
  let start: CommonStart
  /// Strategies that were left out, because a return of theirs is undefined.
  let undefinedStrategies: [String]
  /// Strategies that were left out, because they never traded: all their returns are 0.
  let idleStrategies: [String]
  /// Strategies whose returns are those of an earlier one, bar by bar.
  let copies: Int
  /// What the numbers of the file are, and how that is known.
  var input: ReturnsInput

  /// The strategies of the file, used or not.
  var strategiesInFile: Int { names.count + undefinedStrategies.count + idleStrategies.count }

  /// Reads what `options` name.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``.
  static func read(_ options: StatsOptions, log: InputLog) throws -> TriedReturns {
    let file = InputFile.name(ofPath: options.returns)
    do {
      var (found, input) = try ReturnsInput.read(options, log: log)
      let benchmark = try TriedBenchmark.Source(options, found, input, log: log)
      return try TriedReturns(&found, benchmark, startBlank: options.startBlank, input: input, file: file)
    } catch let fault as ReturnsFault {
      throw ImportError.badReturns(file, fault)
    }
  }

  /// - Parameter found: given up, so that its numbers need not be held twice.
  init(
    _ found: inout ImportedReturns, _ source: TriedBenchmark.Source, startBlank: StartBlank?,
    input: ReturnsInput, file: String
  ) throws {
    let all = found.matrix
    let strategies = (0..<all.strategies).filter { $0 != source.column }
    guard !strategies.isEmpty else {
      throw ConfigurationError.notTogether(
        option: "benchmark", with: "a file that has no other column", remedy: "name another column or file")
    }
    let begins = strategies.map { Self.begin(of: $0, in: all) }
    let isWhole = zip(strategies, begins).map { $1 < all.bars && found.undefinedCounts[$0] == $1 }
    let used = strategies.indices.filter { isWhole[$0] }
    let empty = begins.min() ?? 0
    guard !used.isEmpty else {
      throw ConfigurationError.noReturns(
        file: file, strategies: strategies.count, bars: empty < all.bars ? all.bars - empty : all.bars)
    }
    let start = try CommonStart(
      begins: used.map { begins[$0] }, names: used.map { found.names[strategies[$0]] }, empty: empty,
      bars: all.bars, times: found.timestamps, benchmark: source.firstBar, startBlank)
    self.start = start
    self.input = input
    let whole = used.map { strategies[$0] }
    let trades = Self.trades(all, from: start.bar)
    let columns = whole.filter { trades[$0] }
    guard !columns.isEmpty else {
      throw ConfigurationError.neverTraded(
        file: file, strategies: whole.count, bars: all.bars - start.bar)
    }
    idleStrategies = whole.filter { !trades[$0] }.map { found.names[$0] }
    names = columns.map { found.names[$0] }
    undefinedStrategies = strategies.indices.filter { !isWhole[$0] }.map { found.names[strategies[$0]] }
    timestamps = found.timestamps.map { Array($0[start.bar...]) }
    times = found.times
    benchmark = try TriedBenchmark(source, all, from: start.bar)
    if columns.count == all.strategies && start.bar == 0 && !start.fillsBlanks {
      matrix = all
    } else {
      var values: [Double] = []
      values.reserveCapacity((all.bars - start.bar) * columns.count)
      for bar in start.bar..<all.bars {
        for column in columns {
          let value = all.values[bar * all.strategies + column]
          values.append(start.fillsBlanks && value.isNaN ? 0 : value)
        }
      }
      matrix = try ReturnMatrix(bars: all.bars - start.bar, strategies: columns.count, values: values)
    }
    copies = Self.copies(matrix)
  }

  /// The first bar on which a strategy has a return.
  private static func begin(of strategy: Int, in matrix: ReturnMatrix) -> Int {
    (0..<matrix.bars).first { !matrix.values[$0 * matrix.strategies + strategy].isNaN } ?? matrix.bars
  }

  /// For each column whether any return is defined and not 0, from bar `first` on.
  static func trades(_ matrix: ReturnMatrix, from first: Int) -> [Bool] {
    var trades = Array(repeating: false, count: matrix.strategies)
    var left = matrix.strategies
    // Most trade within the first bars.
    for bar in first..<matrix.bars where left > 0 {
      for strategy in trades.indices where !trades[strategy] {
        let value = matrix.values[bar * matrix.strategies + strategy]
        guard value != 0, !value.isNaN else { continue }
        trades[strategy] = true
        left -= 1
      }
    }
    return trades
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

/// Where the bars begin that are used.
struct CommonStart: Sendable {
  /// The first bar that is used, counted from 0.
  let bar: Int
  /// The bars before it on which no strategy has a return.
  let emptyBars: Int
  /// The bars before it that only the benchmark lacks.
  let benchmarkBars: Int
  /// The strategy that begins last, if others begin earlier.
  let latest: String?
  /// Whether blanks before a strategy's first return are returns of 0.
  let fillsBlanks: Bool
  /// Strategies with such blanks.
  let filled: Int

  /// - Parameters:
  ///   - begins: for each strategy that is used, the bar of its first return.
  ///   - empty: the bars at the beginning on which no strategy of the file has a return.
  ///   - benchmark: the first bar of the benchmark.
  /// - Throws: ``ReturnsFault/lateColumn(name:others:bar:time:common:longest:)``.
  init(
    begins: [Int], names: [String], empty: Int, bars: Int, times: [Int64]?, benchmark: Int = 0,
    _ startBlank: StartBlank?
  ) throws(ReturnsFault) {
    let last = begins.max() ?? 0
    let first = begins.min() ?? 0
    emptyBars = min(empty, first)
    fillsBlanks = startBlank == .zero && last > first
    filled = fillsBlanks ? begins.count { $0 > first } : 0
    let common = startBlank == .zero ? first : last
    bar = max(common, benchmark)
    benchmarkBars = bar - common
    latest = last > first && !fillsBlanks ? begins.firstIndex(of: last).map { names[$0] } : nil
    let half = first + (bars - first) / 2
    if startBlank == nil, (bars - last) * 2 < bars - first, let latest {
      throw .lateColumn(
        name: ImportText.brief(latest), others: begins.count { $0 > half } - 1, bar: last + 1,
        time: times?[last],
        common: bars - last, longest: bars - first)
    }
  }
}
