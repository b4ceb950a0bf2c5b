import CTileKernel

extension FusedKernel {
  /// Writes the scores of `block` on `bars` to the workspace, a row a bar.
  func score(_ block: StrategyBlock, bars: Range<Int>, in workspace: inout TileWorkspace<Scalar>) {
    workspace.makeRoom(scores: TilePlan.mostBarsPerTile * TilePlan.strategiesPerBlock)
    switch source {
    case .product(let features):
      switch workspace.scoring {
      case .differences, .picks: subtract(features, block, bars: bars, in: workspace)
      case .products:
        unsafe withUnstored(features, from: bars.lowerBound, in: workspace) { unstored in
          unsafe Scalar.store(unstored, bars: bars.count, to: workspace.scores.base)
        }
      case .matrix: multiply(features, block, bars: bars, in: workspace)
      }
      undefine(features, block, bars: bars, in: workspace)
    case .coinFlips(let seed, let threshold):
      unsafe Scalar.flip(
        seed: seed, firstStrategy: block.firstStrategy, bars: bars, threshold: threshold,
        scores: workspace.scores.base)
    case .signals(let signals):
      spread(signals, block, bars: bars, in: workspace)
    }
  }

  /// Scores = features · weights where all weights are 1 and -1, one of each a strategy at most: the same bits without
  /// the products with zero.
  private func subtract(
    _ features: FeatureMatrix<Scalar>, _ block: StrategyBlock, bars: Range<Int>,
    in workspace: borrowing TileWorkspace<Scalar>
  ) {
    unsafe features.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      unsafe Scalar.scoreDifferences(
        features: base + bars.lowerBound, stride: features.bars, rows: workspace.rows.base,
        count: block.features.count, added: workspace.added.base, subtracted: workspace.subtracted.base,
        isPaired: block.differences.arePaired, bars: bars.count, scores: workspace.scores.base)
    }
  }

  /// Calls `body` with the scores of the loaded block from bar `first` on, for its own kernel to make.
  func withUnstored(
    _ features: FeatureMatrix<Scalar>, from first: Int, in workspace: borrowing TileWorkspace<Scalar>,
    _ body: (UnstoredScores<Scalar>) -> Void
  ) {
    unsafe features.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      unsafe body(
        UnstoredScores(
          features: base + first, definedFrom: workspace.definedFrom.base, firstBar: first,
          making: workspace.making))
    }
  }

  /// Scores = features · weights. Features that stand in adjacent rows are multiplied where they are; others
  /// are packed first.
  private func multiply(
    _ features: FeatureMatrix<Scalar>, _ block: StrategyBlock, bars: Range<Int>,
    in workspace: borrowing TileWorkspace<Scalar>
  ) {
    let count = block.features.count
    guard count > 0 else {
      workspace.scores.fill(count: bars.count * TilePlan.strategiesPerBlock, with: 0)
      return
    }
    let first = unsafe Int(workspace.rows.base[0])
    let isAdjacent = (1..<count).allSatisfy { unsafe Int(workspace.rows.base[$0]) == first + $0 }
    unsafe features.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      if !isAdjacent {
        for index in 0..<count {
          unsafe (workspace.packed.base + index * bars.count).update(
            from: base + Int(workspace.rows.base[index]) * features.bars + bars.lowerBound, count: bars.count)
        }
      }
      unsafe Scalar.multiplyTransposed(
        m: bars.count, n: TilePlan.strategiesPerBlock, k: count,
        a: isAdjacent ? base + first * features.bars + bars.lowerBound : UnsafePointer(workspace.packed.base),
        strideOfA: isAdjacent ? features.bars : bars.count, b: workspace.weights.base,
        c: workspace.scores.base)
    }
  }

  /// Notes for each lane the bar from which all features that it gives weight to are defined.
  func findWarmUps(of block: StrategyBlock, in workspace: borrowing TileWorkspace<Scalar>) {
    let lanes = TilePlan.strategiesPerBlock
    workspace.definedFrom.fill(count: lanes, with: 0)
    guard case .product(let features) = source else { return }
    // As given, not as rounded: a weight too small for single precision uses its feature all the same.
    unsafe block.weights.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      for row in block.features.indices {
        let warmUp = unsafe Int32(features.definedFrom[Int(workspace.rows.base[row])])
        unsafe fluke_wait_for_feature(weights + row * lanes, warmUp, workspace.definedFrom.base)
      }
    }
  }

  /// Makes the scores undefined of the strategies that give weight to a feature on the bars where it is.
  private func undefine(
    _ features: FeatureMatrix<Scalar>, _ block: StrategyBlock, bars: Range<Int>,
    in workspace: borrowing TileWorkspace<Scalar>
  ) {
    unsafe Scalar.undefine(
      bars: bars, definedFrom: workspace.definedFrom.base, scores: workspace.scores.base)
    if !features.hasGaps { return }
    let lanes = TilePlan.strategiesPerBlock
    for row in block.features.indices {
      for range in unsafe features.undefined[Int(workspace.rows.base[row])] where range.overlaps(bars) {
        for lane in 0..<block.count {
          if block.weights[row * lanes + lane] == 0 { continue }
          for bar in range.clamped(to: bars) {
            unsafe workspace.scores.base[(bar - bars.lowerBound) * lanes + lane] = Scalar.nan
          }
        }
      }
    }
  }

  private func spread(
    _ signals: SignalMatrix, _ block: StrategyBlock, bars: Range<Int>,
    in workspace: borrowing TileWorkspace<Scalar>
  ) {
    let lanes = TilePlan.strategiesPerBlock
    var next = bars.lowerBound
    func clear(to bar: Int) {
      workspace.scores.fill(
        from: (next - bars.lowerBound) * lanes, count: (bar - next) * lanes, with: 0)
    }
    unsafe signals.signals.withBatch(of: block.firstStrategy) { longs, shorts in
      for run in signals.runs where run.bars.overlaps(bars) {
        let some = run.bars.clamped(to: bars)
        let first = run.firstSignal + (some.lowerBound - run.bars.lowerBound)
        clear(to: some.lowerBound)
        unsafe Scalar.spreadSignals(
          longs: longs + first, shorts: shorts.map { unsafe $0 + first }, bars: some.count,
          scores: workspace.scores.base + (some.lowerBound - bars.lowerBound) * lanes)
        next = some.upperBound
      }
    }
    clear(to: bars.upperBound)
  }
}
