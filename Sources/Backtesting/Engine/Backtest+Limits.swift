import Kernels

extension Backtest {
  /// Blocks from all over `strategies` with the kernel that would run them, to measure the parts of the tile loop alone.
  ///
  /// - Parameter count: the blocks, fewer where the strategies do not make so many.
  /// - Precondition: there is a strategy, and the timeline has decisions.
  public func tileSample<Scalar: KernelScalar>(
    of strategies: StrategySet, count: Int, as scalar: Scalar.Type
  ) -> TileSample<Scalar> {
    let available = TilePlan.blocks(strategies: strategies.count)
    let used = max(1, min(count, available))
    let blocks = (0..<used).map { place in
      var block = StrategyBlock(featureCount: strategies.features.count)
      strategies.fill(&block, number: (2 * place + 1) * available / (2 * used))
      return block
    }
    let features = Set(blocks.flatMap(\.features)).sorted()
    var kernel = fusedKernel(for: strategies, rows: features.count, as: scalar)
    kernel.hold(features, of: strategies, from: MarketSums(market), threads: threads)
    return TileSample(kernel: kernel, blocks: blocks)
  }

  /// Fills every block of `strategies` and throws them away: the part of a run that makes parameters.
  ///
  /// - Returns: the strategies that were filled in.
  public func fillBlocks(of strategies: StrategySet) -> Int {
    let blocks = TilePlan.blocks(strategies: strategies.count)
    let counts = DisjointSlots.fill(count: blocks, repeating: 0) { slots in
      Workers.forEach(items: blocks, threads: threads) {
        StrategyBlock(featureCount: strategies.features.count)
      } body: { block, number in
        strategies.fill(&block, number: number)
        slots.write(block.count, at: number)
      }
    }
    return counts.reduce(0, +)
  }
}
