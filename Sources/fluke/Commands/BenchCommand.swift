import ArgumentParser
import Backtesting
import Benchmarking
import Kernels
import Pipeline

/// How fast this machine is.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast this machine is, and how near to its limit.",
    discussion: """
      Every result is compared with the reference before it is timed. This takes about half a minute, during which \
      nothing else should run.

      Example:
        fluke bench --quick --cases linear-4,cscv --strategies 1000
        fluke bench --quick --cases rsi --strategies 1000 --output bench.json
      """)

  @Flag(help: "Fewer repeats, in single precision only: a few seconds.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "Cases to measure, a list; `linear` means all that begin with it (default: all).", valueName: "a,b"))
  var cases: String?

  @Option(
    help: ArgumentHelp("Approximate number of strategies of a backtest (default: 10000).", valueName: "n"))
  var strategies: Int?

  @Option(help: ArgumentHelp("Largest number of threads (default: one per processor).", valueName: "n"))
  var threads: Int?

  @Option(
    name: DirectoryOption.name,
    help: ArgumentHelp("Write every figure to this file, as JSON; - is standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Print every figure as one JSON object, with --quiet too.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print only errors and warnings.")
  var quiet = false

  @OptionGroup(title: "Bars for the estimate of a million strategies") var data: SourceArguments<BuiltInBars>

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
    let file = try output.map { try OutputFile($0, isAlone: !json) }
    let chosen = try chosenCases(strategies: strategies)
    var configuration = Configuration()
    try data.apply(to: &configuration)
    try OptionUse.check(configuration)
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
    try report(record, to: file)
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

  private func report(_ record: BenchmarkRecord, to file: OutputFile?) throws {
    let document = try record.json
    try file?.write { try $0(document) }
    if json {
      try Console.write(document: document)
    } else if !quiet, file?.isStandardOutput != true {
      let width = Terminal.output.width
      try Console.write(
        record.heading
          + record.tables.flatMap { table in [""] + (width.map(table.text(width:)) ?? table.text) })
    }
  }

  private var isShown: Bool { !quiet && Terminal.error.canRewrite }

  /// Says what is measured, before it is: nothing is written meanwhile.
  private func announce(_ name: String) {
    if isShown { Console.progress(name) }
  }

  private func clear() {
    if isShown { Console.progress("") }
  }
}
