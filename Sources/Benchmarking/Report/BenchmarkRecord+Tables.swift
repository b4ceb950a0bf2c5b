import Backtesting
import Pipeline

/// What people read of a record; every figure in a table stands in the document too, or follows from some that do.
extension BenchmarkRecord {
  /// All tables that have a row.
  public var tables: [TextTable] {
    var tables: [TextTable?] = []
    for precision in Precision.allCases { tables += [backtests(precision), limits(precision)] }
    tables += [parts, scaling, timings(.statistics), timings(.tables), timings(.processes), costs]
    return tables.compactMap(\.self)
  }

  /// What was measured, on what.
  public var heading: [String] {
    [
      "Fluke \(version) on \(machine.processor), \(machine.processors) processors, kernels for "
        + "\(machine.processorLevel), OpenBLAS core \(machine.openBLASCore)",
      machine.caches.sorted { $0.key < $1.key }
        .map { "\($0.key) \(Figures.count($0.value / 1_024)) KB" }.joined(separator: ", ")
        + (machine.memoryBytes.map { ", memory \(Figures.decimals(Double($0) / 0x1p30, 0)) GB" } ?? ""),
      "\(machine.system), \(machine.toolchain), \(machine.build) build; "
        + "\(tilePlan.strategiesPerBlock) strategies × up to \(Figures.count(tilePlan.mostBarsPerTile)) bars a tile; "
        + "\(started), \(Figures.decimals(seconds, 0)) s",
    ]
  }

  private func names(_ group: CaseRecord.Group) -> [String] {
    var seen: Set<String> = []
    return cases.filter { $0.group == group && seen.insert($0.name).inserted }.map(\.name)
  }

  private func find(
    _ group: CaseRecord.Group, _ name: String, _ precision: Precision?, threads: Int
  ) -> CaseRecord? {
    cases.first {
      $0.group == group && $0.name == name && $0.precision == precision && $0.threads == threads
    }
  }

  private var severalThreads: [Int] { threads > 1 ? [threads] : [] }

  private func title(threads: Int) -> String { threads == 1 ? "1 thread" : "\(threads) threads" }

  private static let headerOfSeveralThreads = ["limit", "reached", "in turn", "scaling", "limit's scaling"]

  private func backtests(_ precision: Precision) -> TextTable? {
    var rows: [[String]] = []
    for name in names(.backtest) {
      guard let one = find(.backtest, name, precision, threads: 1) else { continue }
      var row = [name, Figures.count(one.sizes["strategies"] ?? 0)] + reach(one)
      for threads in severalThreads {
        let several = find(.backtest, name, precision, threads: threads)
        row +=
          several.map { reach($0) + scaling($0, beside: one) }
          ?? Array(repeating: "", count: Self.headerOfSeveralThreads.count + 1)
      }
      row += [one.featureSeconds, one.blockSeconds].map { $0.map { percent($0 / one.sample.median) } ?? "" }
      let peak = [one, find(.backtest, name, precision, threads: threads)].compactMap { $0?.peakBytes }.max()
      rows.append(row + [megabytes(peak)])
    }
    guard !rows.isEmpty else { return nil }
    let several = severalThreads.flatMap { [title(threads: $0)] + Self.headerOfSeveralThreads }
    return TextTable(
      title: "Whole backtests in \(precision.rawValue) precision, million strategy-bars a second and core",
      header: ["case", "strategies", "1 thread", "limit", "reached", "in turn"] + several + [
        "features", "blocks", "peak MB",
      ],
      rows: rows,
      notes: [
        "The limit is the tile loop alone, timed on tiles that are in cache, on as many threads, unless memory is",
        "slower. Computing features and filling blocks with parameters is part of a backtest and not of its limit: they",
        "take these shares of the time of one thread. In turn: reached of what a product by BLAS at the tile's own shape",
        "and then the fused kernel alone would take; above 100 % where scores need no product or no pass of their own.",
      ] + notesOfScaling)
  }

  private var notesOfScaling: [String] {
    if threads == 1 { return [] }
    return [
      "Scaling: how many times as fast as on one thread. The limit's: the same of the tile loop alone, or of memory, which",
      "share nothing but the machine: more there is not to be had on it.",
    ]
  }

  /// How many times as fast a case is as on one thread, and how many times as fast its limit.
  private func scaling(_ record: CaseRecord, beside one: CaseRecord) -> [String] {
    [
      Figures.decimals(record.speed(beside: one), 2),
      record.limitSpeed(beside: one).map { Figures.decimals($0, 2) } ?? "",
    ]
  }

  /// Rate, limit, and the part of it that is reached.
  private func reach(_ record: CaseRecord) -> [String] {
    [
      millions(record.ratePerCore), record.limit.map { millions($0.rate) } ?? "",
      record.fractionOfLimit.map(percent) ?? "",
      record.fractionInTurn.map(percent) ?? "",
    ]
  }

  private func limits(_ precision: Precision) -> TextTable? {
    let rows = names(.backtest).compactMap { name -> [String]? in
      guard let record = find(.backtest, name, precision, threads: 1), let limit = record.limit else {
        return nil
      }
      return [
        name, "\(record.sizes["features_of_a_block"] ?? 0)", millions(1 / limit.score),
        millions(1 / limit.account), millions(1 / limit.accountAgain), millions(1 / limit.tile),
        limit.bytes > 0 ? millions(1 / limit.memory) : "", millions(limit.rate),
        limit.product.map { millions(1 / $0) } ?? "", limit.inTurn.map { millions(1 / $0) } ?? "",
      ]
    }
    guard !rows.isEmpty else { return nil }
    return TextTable(
      title:
        "What the limit is made of in \(precision.rawValue) precision, 1 thread, million strategy-bars a second",
      header: [
        "case", "features of a block", "score", "account", "same tile", "tile loop", "memory", "limit",
        "product by BLAS", "in turn",
      ], rows: rows,
      notes: [
        "Score: into memory. Account: of scores in memory. Tile loop: both as the engine does them, in one pass where it",
        "can.",
        "Same tile: accounting one tile over and over, whose branches the processor then knows by heart; no sweep can.",
        "Memory: what it could bring if no cache held the features. In turn: the product by BLAS at the tile's own shape,",
        "then account.",
      ])
  }

  private var parts: TextTable? {
    var rows: [[String]] = []
    func append(_ group: CaseRecord.Group, _ what: String, _ unit: String, _ scale: Double) {
      for name in names(group) {
        for precision in [nil] + Precision.allCases.map(Optional.some) {
          guard let one = find(group, name, precision, threads: 1) else { continue }
          let all = find(group, name, precision, threads: threads)
          let shape = one.sizes["features"].map { ", \($0) × \(one.sizes["bars_of_a_tile"] ?? 0) bars" } ?? ""
          rows.append(
            [what + (group == .accounting ? name.dropFirst("accounting".count) : "") + shape]
              + [precision?.rawValue ?? "", unit]
              + [Figures.decimals(one.rate / scale, 1)]
              + (threads > 1 ? [all.map { Figures.decimals($0.rate / scale, 1) } ?? ""] : []))
        }
      }
    }
    append(.product, "product", "GFLOP/s", 1e9)
    append(.accounting, "accounting", "million strategy-bars/s", 1e6)
    append(.memory, "memory (triad)", "GB/s", 1e9)
    guard !rows.isEmpty else { return nil }
    return TextTable(
      title: "Parts alone, on tiles that stay in cache, all threads together",
      header: ["part", "precision", "unit", "1 thread"] + severalThreads.map(title(threads:)), rows: rows)
  }

  private var scaling: TextTable? {
    let rows = cases.filter { $0.group == .scaling }.map { record in
      [
        record.name, Figures.count(record.sizes["strategies"] ?? 0), Figures.count(record.sizes["bars"] ?? 0),
        "\(record.threads)", seconds(record.sample.median), millions(record.rate),
      ] + reach(record) + scaling(record) + [megabytes(record.peakBytes)]
    }
    guard !rows.isEmpty else { return nil }
    return TextTable(
      title: "Scaling: whole backtests in single precision, million strategy-bars a second",
      header: [
        "case", "strategies", "bars", "threads", "seconds", "rate", "a core", "limit", "reached", "in turn",
        "scaling", "limit's scaling", "peak MB",
      ], rows: rows, notes: notesOfScaling)
  }

  /// The same of a case that may not have been measured on one thread.
  private func scaling(_ record: CaseRecord) -> [String] {
    guard record.threads > 1,
      let one = cases.first(where: {
        $0.group == record.group && $0.name == record.name && $0.sizes == record.sizes && $0.threads == 1
      })
    else { return ["", ""] }
    return scaling(record, beside: one)
  }

  private func timings(_ group: CaseRecord.Group) -> TextTable? {
    let rows = cases.filter { $0.group == group }.map { record in
      [
        record.name,
        record.sizes.filter { $0.key != "splits" && $0.key != "blocks" }.sorted { $0.key < $1.key }
          .map { "\(Figures.count($0.value)) \($0.key)" }.joined(separator: ", "),
        "\(record.threads)", seconds(record.sample.median), seconds(record.sample.minimum),
        seconds(record.sample.maximum), "\(record.sample.seconds.count)", megabytes(record.peakBytes),
      ]
    }
    guard !rows.isEmpty else { return nil }
    let titles: [CaseRecord.Group: String] = [
      .statistics: "Statistics", .tables: "Reading and writing", .processes: "Whole processes",
    ]
    return TextTable(
      title: "\(titles[group] ?? group.rawValue), seconds",
      header: ["case", "size", "threads", "median", "least", "largest", "repeats", "peak MB"], rows: rows)
  }

  private var costs: TextTable? {
    million.map { million in
      TextTable(
        title: "A million strategies on \(million.market), \(Figures.count(million.bars)) bars, take",
        header: ["case", "core-seconds"] + severalThreads.map { "seconds on \($0) threads" },
        rows: million.entries.map { entry in
          [entry.name, Figures.decimals(entry.coreSeconds, 2)]
            + severalThreads.map { _ in Figures.decimals(entry.seconds, 2) }
        },
        notes: [
          "For the tallies of every strategy; statistics, tables and plots come on top."
        ])
    }
  }

  private func millions(_ rate: Double) -> String {
    rate < 100e6 ? Figures.decimals(rate / 1e6, 1) : Figures.count(Int((rate / 1e6).rounded()))
  }

  private func percent(_ part: Double) -> String { Figures.decimals(100 * part, 0) + " %" }

  private func seconds(_ value: Double) -> String {
    Figures.decimals(value, value < 0.1 ? 4 : value < 10 ? 3 : 1)
  }

  private func megabytes(_ bytes: Int?) -> String {
    bytes.map { Figures.count(Int((Double($0) / 1e6).rounded())) } ?? ""
  }
}
