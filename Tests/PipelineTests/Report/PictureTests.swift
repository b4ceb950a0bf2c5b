import Artifacts
import Stores
import Testing

@testable import Pipeline

@Suite struct PictureTests {
  private static func histogram(_ number: Int) -> Picture {
    Picture(key: "plots/\(number).png") {
      try WinRateHistogram(
        winRates: (0..<200 + number).map { Double($0 % 97) / 97 }, expected: 0.5, best: 0.9,
        bestByLuck: .nan
      ).png()
    }
  }

  @Test func aPictureOfTrainingBarsNamesTheirSpan() throws {
    let (experiment, _) = try Generate.run(.fewCrosses, in: .test(MemoryStore()))
    #expect(
      PictureContext.of(experiment).hasPrefix("synthetic-random-walk, 2000-01-01 to 2000-10-26 · sma-cross"))
    #expect(
      PictureContext.of(experiment, bars: .training)
        .hasPrefix("synthetic-random-walk, training bars 2000-01-01 to 2000-07-28 · sma-cross, 9 strategies"))
    let whole = Configuration.fewCrosses.with { $0.backtest.train = 1 }
    let (all, _) = try Generate.run(whole, in: .test(MemoryStore()))
    #expect(PictureContext.of(all, bars: .training) == PictureContext.of(all))
  }

  @Test func sideBySideTheyHaveTheSameBytes() throws {
    let (one, many) = (MemoryStore(), MemoryStore())
    let pictures = (0..<12).map { Self.histogram($0) }
    for (store, threads) in [(one, 1), (many, 4)] {
      var writer = StageWriter(store: store)
      try pictures.draw(to: &writer, threads: threads, interruption: Interruption())
      #expect(writer.written.keys.sorted() == pictures.map(\.key).sorted())
    }
    #expect(one.contents == many.contents)
    #expect(Set(one.contents.values).count == 12)
  }

  @Test func whatComesBeforeAFailureIsStored() throws {
    let store = MemoryStore()
    var writer = StageWriter(store: store)
    let pictures = [
      Self.histogram(0),
      Picture(key: "plots/a.png") { throw ChartError.drawingFailed(reason: "no memory") },
      Self.histogram(1),
    ]
    #expect(throws: ChartError.drawingFailed(reason: "no memory")) {
      try pictures.draw(to: &writer, threads: 2, interruption: Interruption())
    }
    #expect(Array(store.contents.keys) == ["plots/0.png"])
  }

  @Test func anInterruptionStoresNone() throws {
    let store = MemoryStore()
    var writer = StageWriter(store: store)
    let interruption = Interruption()
    interruption.request()
    #expect(throws: Interrupted.self) {
      try [Self.histogram(0)].draw(to: &writer, threads: 2, interruption: interruption)
    }
    #expect(store.contents.isEmpty)
  }
}
