using System.Security.Cryptography;
using ActionMail.Protocol.Signing;

namespace ActionMail.Cli.Tests;

public sealed class KeyTests
{
    [Theory]
    [InlineData("2048")]
    [InlineData("3072")]
    [InlineData("4096")]
    public async Task Every_printed_form_is_the_public_half_of_the_private_key(string bits)
    {
        var json = (await CliProcess.RunAsync(["key", "new", "--format", "all", "--bits", bits, "--json"])).Json;

        using var pair = RSA.Create();
        pair.ImportFromPem(json.GetProperty("privateKeyPem").GetString());
        var expected = ReadKey(pair.ExportSubjectPublicKeyInfoPem());
        var forms = json.GetProperty("publicKey");
        Assert.Equal(bits, $"{pair.KeySize}");
        Assert.Equal(expected.Thumbprint, json.GetProperty("thumbprint").GetString());
        Assert.Equal(expected, ReadKey(forms.GetProperty("rsaKeyValue").GetString()!));
        Assert.Equal(expected, ReadKey(forms.GetProperty("pem").GetString()!));
        Assert.Equal(expected, ReadKey(forms.GetProperty("jwk").GetRawText()));
    }

    [Theory]
    [InlineData("rsakeyvalue", "rsaKeyValue")]
    [InlineData("pem", "pem")]
    [InlineData("jwk", "jwk")]
    public async Task One_chosen_form_is_printed_alone(string format, string member)
    {
        var json = (await CliProcess.RunAsync(["key", "new", "--format", format, "--json"])).Json;

        Assert.Equal([member], json.GetProperty("publicKey").EnumerateObject().Select(form => form.Name));
    }

    [Fact]
    public async Task With_out_the_private_key_is_in_a_file_of_the_owner_alone_and_nowhere_else()
    {
        using var folder = new TemporaryFolder();

        var made = await CliProcess.RunAsync(["key", "new", "--out", folder.File("k.pem")]);

        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("k.pem")));
        Assert.Contains("BEGIN PRIVATE KEY", await File.ReadAllTextAsync(folder.File("k.pem")), StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN PRIVATE KEY", made.Output, StringComparison.Ordinal);
        Assert.Contains("<RSAKeyValue>", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_out_both_halves_are_printed_and_marked()
    {
        var made = await CliProcess.RunAsync(["key", "new"]);

        Assert.Contains("PRIVATE KEY, keep it secret", made.Output, StringComparison.Ordinal);
        Assert.Contains("PUBLIC KEY, to register", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_file_stays_unless_forced()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("k.pem", "an old key");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var refused = await CliProcess.RunAsync(["key", "new", "--out", file]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--force", refused.OneLine, StringComparison.Ordinal);
        Assert.Equal("an old key", await File.ReadAllTextAsync(file));

        var forced = await CliProcess.RunAsync(["key", "new", "--out", file, "--force", "--json"]);
        Assert.Equal(0, forced.ExitCode);
        Assert.Contains("BEGIN PRIVATE KEY", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(file, forced.Json.GetProperty("privateKeyFile").GetString());
        Assert.False(forced.Json.TryGetProperty("privateKeyPem", out _));
    }

    private static PublicKey ReadKey(string text) => Assert.IsType<KeyReading.Read>(PublicKeyText.Read(text)).Key;
}
