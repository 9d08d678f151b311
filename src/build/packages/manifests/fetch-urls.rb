class FetchUrls < Formula
  desc "Bulk URL fetcher that prints one record for each URL"
  homepage "https://github.com/@REPOSITORY@"
  version "@VERSION@"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "@FROM@/fetch-urls-@VERSION@-macos-arm64.tar.gz"
      sha256 "@SHA256:macos-arm64.tar.gz@"
    end
    on_intel do
      url "@FROM@/fetch-urls-@VERSION@-macos-x64.tar.gz"
      sha256 "@SHA256:macos-x64.tar.gz@"
    end
  end

  on_linux do
    on_arm do
      url "@FROM@/fetch-urls-@VERSION@-linux-arm64.tar.gz"
      sha256 "@SHA256:linux-arm64.tar.gz@"
    end
    on_intel do
      url "@FROM@/fetch-urls-@VERSION@-linux-x64.tar.gz"
      sha256 "@SHA256:linux-x64.tar.gz@"
    end
  end

  conflicts_with "fetch", because: "both install the command `fetch`"

  def install
    man1.install "share/man/man1/fetch.1"
    bash_completion.install "share/bash-completion/completions/fetch"
    zsh_completion.install "share/zsh/site-functions/_fetch"
    fish_completion.install "share/fish/vendor_completions.d/fetch.fish"
    libexec.install "bin", "lib", "runtime", "share", "LICENSE", "THIRD-PARTY.md"
    bin.install_symlink libexec/"bin/fetch"
  end

  test do
    assert_match "invalid_url", pipe_output(bin/"fetch", "not a url\n")
  end
end
