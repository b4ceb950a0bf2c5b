import Kernels

/// The specification at work on a whole sweep, and on the strategies that are reported by name.
extension Backtest {
  /// The path of strategy `index` by the reference kernel, in `Double`.
  public func path(of index: Int, in strategies: StrategySet) -> ReferenceKernel.Path {
    var used: [Int] = []
    strategies.forEachWeight(of: index) { feature, _ in used.append(feature) }
    let features = strategies.features
    let columns = FeatureColumns.compute(used.map { features[$0] }, in: market)
    let columnOfFeature = Dictionary(uniqueKeysWithValues: zip(used, columns))
    return path(of: index, in: strategies) { columnOfFeature[$0] ?? [] }
  }

  func forEachReferenceBlock<State: ~Copyable>(
    _ blocks: [Int], of strategies: StrategySet, _ columns: [[Double]], _ progress: RunProgress,
    makeState: @Sendable () -> State, body: @Sendable (inout State, BlockTallies) -> Void
  ) {
    let lanes = StrategyBlock.lanes
    Workers.forEach(items: blocks.count, threads: threads) {
      progress.isCancelled()
    } makeState: {
      TallyWorker(
        state: makeState(), engine: (), tallies: BlockTallies(stretches: timeline.stretches.count))
    } body: { worker, item in
      let number = blocks[item]
      worker.tallies.firstStrategy = number * lanes
      worker.tallies.count = min(lanes, strategies.count - number * lanes)
      for lane in 0..<worker.tallies.count {
        let path = path(of: number * lanes + lane, in: strategies) { columns[$0] }
        for (stretch, tally) in path.tallies.enumerated() {
          worker.tallies[lane: lane, stretch: stretch] = tally
        }
      }
      body(&worker.state, worker.tallies)
      progress.advance()
    }
  }

  func path(
    of index: Int, in strategies: StrategySet, column: (Int) -> [Double]
  ) -> ReferenceKernel.Path {
    ReferenceKernel.run(
      scores: scores(of: index, in: strategies, column: column), rule: strategies.rule(of: index),
      returns: returns, cost: cost, costBar: costBar, timeline: timeline)
  }

  private func scores(of index: Int, in strategies: StrategySet, column: (Int) -> [Double]) -> [Double] {
    switch strategies.columns {
    case .coinFlips(let seed, let probability, _):
      return ReferenceKernel.coinFlips(
        seed: seed, strategy: index, probability: probability, bars: market.count)
    case .signals(let signals):
      let own = signals[index]
      return signalIndices(length: signals.length).map { $0 < 0 ? 0 : Double(own[$0]) }
    case .linear, .grid:
      var terms: [(feature: [Double], weight: Double)] = []
      strategies.forEachWeight(of: index) { terms.append((column($0), $1)) }
      return ReferenceKernel.scores(terms: terms, bars: market.count)
    }
  }
}

extension Backtest {
  /// The signals of coin flips (1, or 0 and -1 by direction, where it is not bought) and of given signals, one a bar of
  /// the market; `nil` for strategies that score.
  public func signals(of index: Int, in strategies: StrategySet) -> [Int]? {
    switch strategies.columns {
    case .linear, .grid: nil
    case .coinFlips, .signals:
      scores(of: index, in: strategies) { _ in [] }
        .map { $0 > 0 ? 1 : (strategies.direction == .longShort ? Int($0) : 0) }
    }
  }
}
