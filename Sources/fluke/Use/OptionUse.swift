import Backtesting
import Pipeline

/// When an option has an effect. Every option of every command has its entry in ``table``, so that none is ignored in
/// silence.
enum OptionUse: Sendable {
  /// Wherever it may be given.
  case always
  /// Where it is not, what reads it refuses it.
  case checkedWhereRead
  /// Unless the closure says why not.
  case unless(@Sendable (Situation) -> Idle?)

  /// Why an option has no effect, and what to do.
  struct Idle: Equatable, Sendable {
    let reason: String
    let remedy: String

    init(_ reason: String, _ remedy: String) {
      self.reason = reason
      self.remedy = remedy
    }
  }

  /// Everything that decides whether an option has an effect.
  struct Situation: Sendable {
    let command: String
    let options: GivenOptions
    /// What is run; that of a store, changed by the options, for a stage.
    var configuration = Configuration()
    /// Where the bars of trials come from.
    var trialMarket: TrialMarket?
    /// Where the command reads and writes.
    var places: [String] = []
    /// Where results are copied.
    var upload: String?

    init(_ options: GivenOptions = Console.options) {
      command = options.command
      self.options = options
    }

    /// - Throws: ``UsageFault`` for the first option that has no effect.
    func check() throws(UsageFault) {
      for name in options.names {
        guard case .unless(let idle) = OptionUse.table[name] ?? .always, let found = idle(self) else {
          continue
        }
        throw UsageFault("--\(name): has no effect \(found.reason); \(found.remedy)")
      }
    }
  }

  /// Refuses what has no effect with these options.
  ///
  /// - Throws: ``UsageFault``.
  static func check(
    _ configuration: Configuration = Configuration(), places: [String] = [], upload: String? = nil,
    trialMarket: TrialMarket? = nil
  ) throws(UsageFault) {
    var situation = Situation()
    situation.configuration = configuration
    situation.places = places
    situation.upload = upload
    situation.trialMarket = trialMarket
    try situation.check()
  }

  /// Every option, by its long name; those of a name have the same condition in every command.
  static let table: [String: OptionUse] =
    bars.merging(strategies) { $1 }.merging(backtest) { $1 }.merging(statistics) { $1 }.merging(work) { $1 }
}

extension OptionUse {
  private static let synthetic = "remove it or choose --data synthetic:MODEL"

  private static let bars: [String: OptionUse] = [
    "data": .always, "from": .unless(span), "to": .unless(span),
    "skip-bad-rows": .unless(file), "columns": .unless(file), "symbol": .unless(file),
    "adjusted": .unless(file),
    // Files of returns have times too.
    "time-format": .unless { $0.command == "stats" ? returns($0) : file($0) },
    "time-zone": .unless { $0.command == "stats" ? returns($0) : file($0) },
    "bars": .unless { run in
      run.isSynthetic ? nil : Idle("with \(run.source), which has its own bars", synthetic)
    },
    "market-seed": .unless { run in
      if !run.isSynthetic { return Idle("with \(run.source), where nothing is drawn", synthetic) }
      return run.trialMarket == .synthetic
        ? Idle(
          "with new bars in each trial, whose seeds follow from --seed", "give --seed, or --market fixed")
        : nil
    },
    "resample": .unless { run in
      run.isSynthetic && run.isBootstrap
        ? nil
        : Idle(
          "with \(run.source), which resamples nothing", "remove it or choose --data synthetic:bootstrap")
    },
    "edge": .unless { run in
      // Trials plant edges in resampled bars too, and say themselves where they cannot.
      run.isSynthetic || run.trialMarket != nil
        ? nil : Idle("with \(run.source): an edge cannot be planted in real bars", synthetic)
    },
  ]

  /// Returns that are measured have no bars of a market unless these are given.
  @Sendable private static func span(_ run: Situation) -> Idle? {
    run.command != "stats" || run.options.contains("data")
      ? nil : Idle("without --data, whose bars it would choose", "give --data BARS too, or remove it")
  }

  /// What only files of bars leave open.
  @Sendable private static func file(_ run: Situation) -> Idle? {
    run.readsFile ? nil : Idle("with \(run.source), which is no file", "remove it or name a file with --data")
  }

  private static let strategies: [String: OptionUse] = {
    var table: [String: OptionUse] = [
      "family": .always, "seed": .always, "direction": .always, "stop-loss": .always, "take-profit": .always,
      "maximum-holding": .always, "signals": .checkedWhereRead, "weights": .checkedWhereRead,
      "count": .unless(number), "strategies": .unless { $0.command == "bench" ? nil : number($0) },
      "buy-probability": .unless { run in
        run.family == .coinflip
          ? nil : Idle("with --family \(run.family.rawValue), which flips no coin", "remove it")
      },
      "signals-from": .unless(given), "signals-axis": .unless(given),
    ]
    for name in ParameterArguments.names { table[name] = .checkedWhereRead }
    return table
  }()

  /// What only signals of one's own leave open.
  @Sendable private static func given(_ run: Situation) -> Idle? {
    run.family == .signals
      ? nil
      : Idle(
        "with --family \(run.family.rawValue), which computes its signals",
        "remove it or give --signals FILE")
  }

  /// The number of strategies is an option only of families that are drawn.
  @Sendable private static func number(_ run: Situation) -> Idle? {
    let family = "with --family \(run.family.rawValue)"
    switch run.family {
    case .coinflip: return nil
    case .linear where run.configuration.strategies.weights == nil: return nil
    case .linear: return Idle("with --weights, which has a strategy a column", "remove it")
    case .signals: return Idle("\(family), which has a strategy for each row of signals", "remove it")
    default:
      return Idle(
        "\(family), whose strategies are the combinations of its parameters",
        "remove it, and change the ranges (see `fluke families`)")
    }
  }

  private static let backtest: [String: OptionUse] = [
    "train": .always, "fee-bps": .always, "slippage-bps": .always, "fill": .always, "convention": .always,
    "bars-per-year": .always, "precision": .always, "kernel": .always, "select": .always,
    "minimum-trades": .always,
    "top": .unless(validation), "maximum-drop": .unless(validation), "walk-forward": .unless(validation),
  ]

  /// What looks at unseen bars.
  @Sendable private static func validation(_ run: Situation) -> Idle? {
    run.configuration.backtest.train < 1
      ? nil
      : Idle("with --train 1, which leaves no bars for validation", "remove it or choose --train below 1")
  }
}
