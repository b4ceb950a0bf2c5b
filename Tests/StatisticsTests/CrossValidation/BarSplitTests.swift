import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct BarSplitTests {
  /// Exact: the index sets of skfolio on 12 bars. Its purge is our horizon. It wants two test folds at least.
  @Test(arguments: [
    (groups: 3, tested: 2, horizon: 0, embargo: 0), (4, 2, 1, 0), (4, 3, 0, 1), (6, 2, 0, 0), (3, 2, 1, 1),
  ])
  func combinatorialSplitsAgreeWithSkfolio(groups: Int, tested: Int, horizon: Int, embargo: Int) throws {
    let figures = try StatisticsFigures.texts("purged", "\(groups)/\(tested)/\(horizon)/\(embargo)")
    let found = try CombinatorialPurged(
      bars: 12, groups: groups, testGroups: tested, horizon: horizon, embargo: embargo)
    #expect(found.splits.count == figures.count - 1)
    for (index, split) in found.splits.enumerated() {
      #expect(Self.text(split) == figures[String(index)])
    }
    // By split the path of each of its test groups, there; by path the split of each group, here.
    let paths = found.splits.indices.map { split in
      found.testGroups[split].map { group in
        String(found.paths.firstIndex { $0[group] == split }!)
      }.joined(separator: "+")
    }
    #expect(paths.joined(separator: " ") == figures["paths"])
  }

  @Test(arguments: [
    (training: 4, test: 2, gap: 0, window: WalkForward.Window.rolling), (4, 2, 0, .anchored),
    (4, 3, 1, .rolling), (5, 2, 2, .anchored),
  ])
  func walkForwardAgreesWithSkfolio(
    training: Int, test: Int, gap: Int, window: WalkForward.Window
  ) throws {
    let figures = try StatisticsFigures.texts("walkforward", "\(training)/\(test)/\(gap)/\(window.rawValue)")
    let found = try WalkForward.splits(bars: 12, training: training, test: test, gap: gap, window: window)
    #expect(found.count == figures.count)
    for (index, split) in found.enumerated() { #expect(Self.text(split) == figures[String(index)]) }
  }

  private static func text(_ split: BarSplit) -> String {
    [split.training, split.test].map { $0.flatMap { $0 }.map(String.init).joined(separator: "+") }
      .joined(separator: " ")
  }

  /// Published: STATISTICS.md, V.
  @Test(arguments: [
    (groups: 3, tested: 2, splits: 3, paths: 2), (6, 2, 15, 5), (10, 2, 45, 9), (12, 6, 924, 462),
  ])
  func countsOfSplitsAndPaths(groups: Int, tested: Int, splits: Int, paths: Int) throws {
    let found = try CombinatorialPurged(bars: 125, groups: groups, testGroups: tested)
    #expect(found.splits.count == splits)
    #expect(found.paths.count == paths)
    for path in found.paths {
      for (group, split) in path.enumerated() { #expect(found.testGroups[split].contains(group)) }
    }
    // Each split tests each of its groups for one path only.
    let used = found.paths.flatMap { path in path.enumerated().map { [$0.offset, $0.element] } }
    #expect(Set(used).count == splits * tested)
  }

  /// No training label reads a test bar, no test label a training bar, and nothing else is lost.
  @Test(
    arguments: [(bars: 100, groups: 7), (37, 5), (24, 24)],
    [(horizon: 0, embargo: 0), (0, 3), (1, 0), (5, 0), (5, 3)])
  func purgesWhatKnowsTheTestAndNoMore(
    size: (bars: Int, groups: Int), guards: (horizon: Int, embargo: Int)
  ) throws {
    let (horizon, embargo) = guards
    for tested in [1, 2] {
      let found = try CombinatorialPurged(
        bars: size.bars, groups: size.groups, testGroups: tested, horizon: horizon, embargo: embargo)
      #expect(found.groups.flatMap { $0 } == Array(0..<size.bars))
      for split in found.splits {
        let test = Set(split.test.flatMap { $0 })
        let training = Set(split.training.flatMap { $0 })
        for bar in 0..<size.bars where !test.contains(bar) {
          let reaches = test.contains { bar <= $0 && $0 <= bar + horizon || $0 <= bar && bar <= $0 + horizon }
          let isEmbargoed = split.test.contains {
            bar >= $0.upperBound && bar < $0.upperBound + horizon + embargo
          }
          #expect(training.contains(bar) == !(reaches || isEmbargoed))
        }
        #expect(training.isDisjoint(with: test))
      }
    }
  }

  @Test func foldsAreTheSplitsWithOneTestGroup() throws {
    let folds = try PurgedKFold.splits(bars: 50, folds: 6, horizon: 2, embargo: 1)
    #expect(folds.flatMap { $0.test.flatMap { $0 } } == Array(0..<50))
    #expect(folds[0].training == [12..<50])
    #expect(folds[5].training == [0..<40])
  }

  @Test(arguments: WalkForward.Window.allCases, [(step: 1, gap: 0), (3, 2), (10, 0), (10, 2)])
  func walkForwardLooksBackOnly(window: WalkForward.Window, sizes: (step: Int, gap: Int)) throws {
    let (step, gap) = sizes
    let splits = try WalkForward.splits(
      bars: 60, training: 20, test: 7, step: step, gap: gap, window: window)
    for (index, split) in splits.enumerated() {
      #expect(split.test == [20 + gap + index * step..<27 + gap + index * step])
      #expect(split.training[0].upperBound == split.test[0].lowerBound - gap)
      #expect(split.training[0].lowerBound == (window == .anchored ? 0 : index * step))
    }
    #expect(splits.last!.test[0].upperBound > 60 - step)
  }

  @Test func refusesWhatDoesNotFit() {
    #expect(throws: StatisticsError.split("training window", found: 0, needed: 1...10)) {
      try WalkForward.splits(bars: 10, training: 0, test: 1)
    }
    #expect(throws: StatisticsError.self) { try WalkForward.splits(bars: 10, training: 8, test: 3) }
    #expect(throws: StatisticsError.self) { try WalkForward.splits(bars: 0, training: 1, test: 1) }
    #expect(throws: StatisticsError.self) { try WalkForward.splits(bars: 9, training: 1, test: 1, step: 0) }
    #expect(throws: StatisticsError.split("number of test groups", found: 4, needed: 1...3)) {
      try CombinatorialPurged(bars: 12, groups: 4, testGroups: 4)
    }
    #expect(throws: StatisticsError.self) { try CombinatorialPurged(bars: 12, groups: 13, testGroups: 2) }
    #expect(throws: StatisticsError.self) { try CombinatorialPurged(bars: 0, groups: 2, testGroups: 1) }
    #expect(throws: StatisticsError.split("number of splits", found: .max, needed: 1...100_000)) {
      try CombinatorialPurged(bars: 1_000, groups: 500, testGroups: 250)
    }
    #expect(throws: StatisticsError.self) { try PurgedKFold.splits(bars: 10, folds: 2, horizon: -1) }
  }
}
