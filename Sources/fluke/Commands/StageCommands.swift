import ArgumentParser
import Pipeline

/// Bars and strategies.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Store the bars and the strategies of a run.",
    discussion: "Example:\n  fluke generate --family momentum --lookback 2:250 --store run")

  @OptionGroup var store: StoreArguments
  @OptionGroup(title: "Bars") var data: DataArguments
  @OptionGroup(title: "Strategies") var strategies: StrategyArguments
  @OptionGroup(title: "Strategies") var seed: SeedArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    var configuration = Configuration()
    try data.apply(to: &configuration)
    try strategies.apply(to: &configuration)
    seed.apply(to: &configuration)
    try OptionUse.check(configuration, places: [store.store])
    let experiment = try StageCommands.generate(
      configuration, in: try work.workplace(directory: store.store))
    work.tell(Notes.of(configuration))
    try work.say(
      Figures.count(experiment.strategies.count, "strategy", "strategies") + " and "
        + Figures.count(experiment.market.count, "bar", "bars") + " stored in \(store.store)")
  }
}

/// Performance in training.
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest", abstract: "Run every strategy of a store on its training bars.",
    discussion: """
      Example:
        fluke backtest --store run --fee-bps 10
        fluke backtest --store run --shard 1/2
      """)

  @OptionGroup var store: StoreArguments
  @OptionGroup(title: "Backtest") var backtest: BacktestArguments
  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationArguments
  @OptionGroup(title: "Shards and interruption") var sharding: ShardArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    let workplace = try work.workplace(directory: store.store)
    let change: StageCommands.Change = {
      try backtest.apply(to: &$0)
      try crossValidation.apply(to: &$0)
      try OptionUse.check($0, places: [store.store])
    }
    if let shard = try sharding.chosen() {
      try work.say(
        ShardRun.backtest(shard, resumes: sharding.resume, in: workplace, changing: change).text)
      return
    }
    guard !sharding.resume else {
      throw ConfigurationError.notTogether(
        option: "resume", with: "a backtest in one go", remedy: "give --shard 1/1 too, then `fluke merge`")
    }
    let experiment = try StageCommands.backtest(in: workplace, changing: change)
    try work.say(
      Figures.count(experiment.strategies.count, "strategy", "strategies") + " backtested on "
        + "\(Figures.count(experiment.training.bars.count)) training bars")
  }
}

/// The winner.
struct SelectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Choose the best strategy of a store by its training performance.",
    discussion: "Example:\n  fluke select --store run --select sharpe_ratio --minimum-trades 20")

  @OptionGroup var store: StoreArguments
  @OptionGroup(title: "Selection") var selection: SelectionArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    let (experiment, ranking) = try StageCommands.select(
      in: try work.workplace(directory: store.store)
    ) {
      try selection.apply(to: &$0)
      try OptionUse.check($0, places: [store.store])
    }
    try work.say("winner: \(experiment.nomination(of: ranking[0]))")
  }
}

/// How much of the winner is luck.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure how much of a store's winner is luck.",
    discussion: "Example:\n  fluke measure --store run --bootstrap 5000 --permutations 200")

  @OptionGroup var store: StoreArguments
  @OptionGroup(title: "Statistics") var statistics: StatisticsArguments
  @OptionGroup(title: "Verdict") var skill: SkillArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    let (experiment, report) = try StageCommands.measure(in: try work.workplace(directory: store.store)) {
      try statistics.apply(to: &$0)
      try OptionUse.check($0, places: [store.store])
    }
    let bounds = experiment.configuration.detection
    if !work.quiet { try Console.write(report.table(bounds)) }
    try skill.check(report.verdict(bounds))
  }
}

/// The winner on unseen bars.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Try the best strategies of a store on bars they have not seen.",
    discussion: "Example:\n  fluke validate --store run --top 10")

  @OptionGroup var store: StoreArguments
  @OptionGroup(title: "Verdict") var detection: DetectionArguments
  @OptionGroup(title: "Verdict") var skill: SkillArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  @Option(
    help: ArgumentHelp("Number of best strategies to validate (default: as in the run).", valueName: "n"))
  var top: Int?

  func run() throws {
    let (experiment, report) = try StageCommands.validate(
      in: try work.workplace(directory: store.store)
    ) {
      try detection.apply(to: &$0)
      if let top { $0.selection.top = top }
      try OptionUse.check($0, places: [store.store])
    }
    if !work.quiet {
      try Console.write(
        ["strategy \(report.winner.name), the best of \(Figures.count(experiment.strategies.count))"]
          + report.verdict.lines, verdict: report.verdict)
    }
    work.tell(Notes.ofValidation(bars: experiment.validation?.bars.count))
    try skill.check(report.verdict)
  }
}

/// Pictures.
struct VisualizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visualize", abstract: "Draw the plots of a store.",
    discussion: "Example:\n  fluke visualize --store run")

  @OptionGroup var store: StoreArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    try OptionUse.check(places: [store.store])
    _ = try StageCommands.visualize(in: try work.workplace(directory: store.store))
    try work.say("plots drawn in \(store.store)/plots")
  }
}

extension WorkArguments {
  /// Writes one line of result, unless it is to be quiet.
  func say(_ text: String) throws {
    if !quiet { try Console.write([text]) }
  }
}
