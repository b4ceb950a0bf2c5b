import ArgumentParser
import Backtesting
import Benchmarking
import Kernels
import Pipeline
import Stores

/// How fast this machine is.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure what this machine does, and how near that is to its limit.",
    discussion: """
      Nothing is timed that was not compared with the reference before. Takes about half a minute, during which nothing
      else should run.

      Example:
        fluke bench --quick --cases linear-4,cscv --strategies 1000
        fluke bench --quick --cases rsi --strategies 1000 --data builtin:btc-5m --output bench.json
      """)

  @Flag(help: "Fewer repeats, and single precision alone: a few seconds.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "Cases to measure, a list; `linear` stands for all that begin so (default: all).", valueName: "a,b"))
  var cases: String?

  @Option(help: ArgumentHelp("Strategies of a backtest, about (default: 10000).", valueName: "n"))
  var strategies: Int?

  @Option(help: ArgumentHelp("Threads at most (default: one a processor).", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Write every figure to this file, as JSON.", valueName: "file"))
  var output: String?

  @Flag(help: "Print every figure as one JSON object.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors and warnings, and what --json asks for.")
  var quiet = false

  @OptionGroup(title: "The bars for which a million strategies are reckoned") var data: SourceArguments

  /// A backtest of fewer has no whole block; one of more takes too long to be repeated.
  private static let strategyRange = 64...1_000_000

  func run() throws {
    let threads = try WorkArguments.count(threads)
    let strategies = strategies ?? BacktestCase.standardStrategies
    guard Self.strategyRange.contains(strategies) else {
      throw ConfigurationError.outOfRange(
        option: "strategies", found: "\(strategies)",
        needed: "\(Self.strategyRange.lowerBound) to \(Self.strategyRange.upperBound)")
    }
    if output?.isEmpty == true {
      throw ConfigurationError.outOfRange(option: "output", found: "\"\"", needed: "the name of a file")
    }
    let chosen = try chosenCases(strategies: strategies)
    var configuration = Configuration()
    data.apply(to: &configuration)
    let market = try DataInspection(configuration.data).market
    let library = try OpenBLAS.prepareOrRestart(threads: threads)
    let machine = Machine.current(library)
    warn(machine.warnings)

    let run = BenchmarkRun(
      cases: chosen, threads: threads, isQuick: quick, clock: Console.seconds, now: Console.timeOfDay)
    var record = try measure(run, on: machine)
    warn(record.warnings)
    record.million = MillionStrategies(
      cases: record.cases, threads: threads, market: market.name, bars: market.count)
    try report(record)
  }

  private func warn(_ warnings: [String]) {
    for warning in warnings { Console.note("fluke: warning: \(warning)") }
  }

  private func chosenCases(strategies: Int) throws -> [BenchmarkCase] {
    let names = cases?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    do {
      return try BenchmarkCase.choose(names, from: BenchmarkCase.standard(strategies: strategies))
    } catch {
      throw ConfigurationError.unknownName(option: "cases", found: error.name, known: error.known)
    }
  }

  private func measure(_ run: BenchmarkRun, on machine: Machine) throws -> BenchmarkRecord {
    defer { clear() }
    return try run.record(on: machine, announce: announce) { try Console.interruption.check() }
  }

  private func report(_ record: BenchmarkRecord) throws {
    let document = try record.json
    if let output {
      try AtomicFile.replace(path: output, interruption: Console.interruption) { try $0(document) }
    }
    if json {
      try Console.write([String(decoding: document.dropLast(), as: UTF8.self)])
    } else if !quiet {
      try Console.write(record.heading + record.tables.flatMap { [""] + $0.text })
    }
  }

  private var isShown: Bool { !quiet && Console.isErrorTerminal }

  /// Says what is measured, before it is: nothing is written meanwhile.
  private func announce(_ name: String) {
    if isShown { Console.note("\r\(name)\u{1B}[K", terminator: "") }
  }

  private func clear() {
    if isShown { Console.note("\r\u{1B}[K", terminator: "") }
  }
}
