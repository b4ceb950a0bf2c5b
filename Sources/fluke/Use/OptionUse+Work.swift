import Backtesting
import Pipeline

extension OptionUse {
  static let work: [String: OptionUse] = [
    "output": .always, "store": .always, "write": .always, "json": .always, "quiet": .always,
    "shard": .always, "resume": .always, "upload": .always, "p-values": .always, "quick": .always,
    "cases": .always, "version": .always, "help": .always, "help-all": .always,
    "no-overwrite": .unless(copying),
    "encryption": .unless { run in
      if let idle = copying(run) { return idle }
      return isAddress(run.upload ?? "")
        ? nil : Idle("on a directory, which no server keeps", "remove it or copy to s3://bucket/prefix")
    },
    "endpoint-url": .unless { run in
      (run.places + [run.upload ?? ""]).contains(where: isAddress)
        ? nil : Idle("without an s3:// address, whose server it is", "remove it")
    },
  ]

  /// Where nothing is copied, it does not matter how.
  @Sendable private static func copying(_ run: Situation) -> Idle? {
    run.upload != nil
      ? nil : Idle("without --upload, as nothing is copied", "give --upload URL too, or remove it")
  }

  /// Whether a store is on a server, or is meant to be.
  private static func isAddress(_ place: String) -> Bool { place.hasPrefix("s3:") || place.contains("://") }
}

extension OptionUse.Situation {
  var family: Family { configuration.strategies.family }
  /// The bars, as messages name them; a file of returns needs none.
  var source: String {
    command == "stats" && !options.contains("data") ? "no --data" : "--data \(configuration.data.source)"
  }
  var isSynthetic: Bool { configuration.data.source.hasPrefix("synthetic:") }
  /// Whether synthetic bars are those of another market, shuffled in blocks.
  var isBootstrap: Bool { configuration.data.source.hasPrefix("synthetic:bootstrap") }

  /// Whether bars come from a file.
  var readsFile: Bool {
    let name = isSynthetic && isBootstrap ? configuration.data.resampled : configuration.data.source
    return !name.hasPrefix("builtin:") && !name.hasPrefix("synthetic:")
  }
}
