import Kernels
import Synchronization

/// Which code takes the splits through the strategies.
public enum CrossValidationKernel: String, CaseIterable, Sendable {
  /// The fast one, for the metrics it knows; they have the same bits by the reference.
  case fused
  /// The specification, several times slower, for any metric.
  case reference
}

/// Cross-validation by the split kernel: a worker takes a stretch of unions and its mirror image, so that the two
/// sides of each split meet.
struct FusedCrossValidation {
  private let kernel: SplitKernel
  private let strategies: Int
  private let unions: BlockUnions

  /// Pairs of a union and its complement that are taken through the strategies at a time, at most. Tabulating is then
  /// little beside evaluating, and what is kept of 4,096 unions, 600 KiB, stays in a second-level cache.
  private static let mostPairs = 2_048
  /// Pairs below which tabulating would be more than a tenth.
  private static let fewestPairs = 128
  /// Bytes for unions that are under way at once: all of those of 16 blocks, and a part of those of 24, for each of which
  /// the strategies are gone through again.
  private static let mostBytes = 16 << 20

  init(_ shape: BlockSumsShape, form: SplitForm) {
    kernel = SplitKernel(form: form, blocks: shape.blocks)
    strategies = shape.strategies
    unions = BlockUnions(halvesOf: shape)
  }

  /// The outcome of every split, in the order of their unions.
  ///
  /// - Parameter forEachPart: hands out the parts of the strategies in their order, each time it is called.
  func outcomes(
    threads: Int, forEachPart: (_ body: (BlockSums) -> Void) throws -> Void
  ) rethrows -> SplitOutcomes {
    let stretches = Self.stretches(pairs: unions.count / 2, threads: threads)
    var outcomes = SplitOutcomes(blocks: kernel.blocks)
    for wave in waves(of: stretches, threads: threads) {
      let wave = wave.map { Stretch($0, of: unions, kernel: kernel) }
      try forEachPart { part in forEach(wave, part, threads) { kernel.findBest(of: $1, with: &$0) } }
      for stretch in wave { stretch.progress.withLock { kernel.settle(strategies: strategies, &$0) } }
      try forEachPart { part in forEach(wave, part, threads) { kernel.rank($1, with: &$0) } }
      for stretch in wave { stretch.write(to: &outcomes) }
    }
    return outcomes
  }

  /// The stretches that are under way at once: what memory allows, and enough for all workers.
  private func waves(of stretches: [Range<Int>], threads: Int) -> [ArraySlice<Range<Int>>] {
    var waves: [ArraySlice<Range<Int>>] = []
    var wave = stretches[..<0]
    var bytes = 0
    for (number, stretch) in stretches.enumerated() {
      let more = SplitProgress.bytesPerUnion * 2 * stretch.count + SplitProgress.tableBytes(kernel)
      if wave.count >= threads, bytes + more > Self.mostBytes {
        waves.append(wave)
        wave = stretches[number..<number]
        bytes = 0
      }
      wave = stretches[wave.startIndex...number]
      bytes += more
    }
    return waves + [wave]
  }

  /// Cuts pairs into stretches that get shorter towards the last, so that all workers are busy to the end, whatever else
  /// they share the processors with. Where the cuts are changes no outcome.
  private static func stretches(pairs: Int, threads: Int) -> [Range<Int>] {
    let fewest = min(fewestPairs, (pairs + threads - 1) / threads)
    var stretches = [Range<Int>]()
    var first = 0
    while first < pairs {
      let left = pairs - first
      let length = min(left, max(fewest, min(mostPairs, left / (2 * threads))))
      stretches.append(first..<first + length)
      first += length
    }
    return stretches
  }

  private func forEach(
    _ stretches: [Stretch], _ part: BlockSums, _ threads: Int,
    _ body: @Sendable (inout SplitProgress, SplitKernel.Part) -> Void
  ) {
    let part = SplitKernel.Part(first: part.firstStrategy, count: part.strategies, sums: part.values)
    Workers.forEach(
      items: stretches.count, threads: threads, makeState: {},
      body: { _, item in stretches[item].progress.withLock { body(&$0, part) } })
  }
}

/// Unions and their complements under way, each of them with one worker at a time.
private final class Stretch: Sendable {
  let progress: Mutex<SplitProgress>
  private let unions: [SplitUnion]
  private let first: Range<Int>
  private let second: Range<Int>

  /// - Parameter pairs: the numbers of the unions, all of the first half of `all`.
  init(_ pairs: Range<Int>, of all: BlockUnions, kernel: SplitKernel) {
    first = pairs
    second = all.count - pairs.upperBound..<all.count - pairs.lowerBound
    let unions = all[first] + all[second]
    self.unions = unions
    progress = Mutex(SplitProgress(unions, for: kernel))
  }

  func write(to outcomes: inout SplitOutcomes) {
    progress.withLock { progress in
      for index in unions.indices {
        let place = index < first.count ? first.lowerBound + index : second.lowerBound + index - first.count
        outcomes[place] = SplitOutcome(inSampleBlocks: unions[index].blocks, progress.standing(index))
      }
    }
  }
}

extension SplitOutcome {
  fileprivate init(inSampleBlocks: UInt32, _ standing: SplitStanding) {
    self.init(
      inSampleBlocks: inSampleBlocks, selected: standing.selected, inSample: standing.inSample,
      outOfSample: standing.outOfSample, isDefined: standing.isDefined, worseOutOfSample: standing.worse,
      equalOutOfSample: standing.equal, meanOutOfSample: standing.mean,
      undefinedOutOfSample: standing.undefined)
  }
}
