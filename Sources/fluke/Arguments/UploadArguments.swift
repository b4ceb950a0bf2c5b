import ArgumentParser
import Pipeline
import Stores

/// Where artifacts go at the end, and how.
struct UploadArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Copy the results to s3://bucket/prefix or another directory.", valueName: "url"),
    completion: .directory)
  var upload: String?

  @Flag(help: "Refuse to replace the results of another run.")
  var noOverwrite = false

  @Option(
    help: ArgumentHelp(
      "Encryption by the server: aes256, kms or kms:KEY (default: the bucket's own).", valueName: "how"),
    completion: .list(["aes256", "kms", "kms:"]))
  var encryption: String?

  /// The store of `--upload`, or else of `other`; `nil` without either.
  func target(orElse other: String? = nil, work: WorkArguments) throws -> (any ArtifactStore)? {
    guard let place = upload ?? other else { return nil }
    var options = S3Options()
    options.overwrites = !noOverwrite
    if let encryption { options.encryption = try Self.encryption(encryption) }
    let target = try work.store(at: place, option: "upload", options: options)
    // What would be found out after the work alone.
    try (target as? DirectoryStore)?.checkPlace()
    return target
  }

  /// Copies the artifacts.
  func run(
    with work: WorkArguments, from source: any ArtifactStore, to target: any ArtifactStore
  ) throws -> UploadReport {
    try Upload.run(
      from: source, to: target, overwrites: !noOverwrite, interruption: Console.interruption,
      watch: work.meter.watch)
  }

  private static func encryption(_ text: String) throws -> S3Options.Encryption {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("aes256", 1): return .aes256
    case ("kms", _): return .keyManagement(key: parts.count > 1 ? parts[1] : nil)
    default:
      throw ConfigurationError.unknownName(
        option: "encryption", found: text, known: ["aes256", "kms", "kms:KEY"])
    }
  }
}
