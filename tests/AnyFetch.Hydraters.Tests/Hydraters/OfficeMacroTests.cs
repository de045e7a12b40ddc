using System.Diagnostics;
using AnyFetch.Hydrater;
using AnyFetch.Hydraters.Office;
using AnyFetch.Hydraters.Plaintext;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>A document's macros do not run, whatever calls them. That the macro of the sample is alive shows the first test.</summary>
public sealed class OfficeMacroTests : IAsyncLifetime
{
    private readonly InProcessRig _rig = new();

    [ToolFact("soffice")]
    public async Task The_macro_runs_where_a_person_opens_the_document_and_allows_macros()
    {
        using var folder = new TempDirectory();
        var document = folder.File("open.odt");
        await File.WriteAllBytesAsync(document, MacroSample.OpenDocument());
        Directory.CreateDirectory(folder.File("profile/user"));
        await File.WriteAllTextAsync(folder.File("profile/user/registrymodifications.xcu"), """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">
            <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
            <prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
            </oor:items>
            """);
        string[] arguments = ["--headless", "--norestore", $"-env:UserInstallation=file://{folder.Path}/profile", document];
        using var office = Process.Start(new ProcessStartInfo("soffice", arguments) { RedirectStandardError = true })!;
        try
        {
            await Eventually.TrueAsync(() => File.Exists(document + MacroSample.MarkExtension), what: "the macro has written its file");
        }
        finally
        {
            office.Kill(entireProcessTree: true);
            await office.WaitForExitAsync();
        }
    }

    [ToolFact("soffice", "pdftoppm")]
    public async Task A_document_with_a_macro_is_read_and_shown_and_its_macro_does_not_run()
    {
        var document = TaskDocument.File("/winds.odt");
        var read = await _rig.RunAsync(new PlaintextHydrater(new PlaintextHydraterOptions()), document, MacroSample.OpenDocument());
        Assert.Contains("zephyr", (string?)read!["metadata"]!["text"], StringComparison.Ordinal);

        var office = new Onlooker(new OfficeHydrater(new OfficeHydraterOptions()));
        var shown = await _rig.RunAsync(office, document, MacroSample.OpenDocument());
        Assert.DoesNotContain(office.Left, path => path.EndsWith(MacroSample.MarkExtension, StringComparison.Ordinal));
        Assert.Contains("zephyr", (string?)shown!["data"]?["html"], StringComparison.Ordinal);
        Assert.Contains(office.Left, path => path.EndsWith(".pdf", StringComparison.Ordinal));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    /// <summary>Looks into the task's folder when the hydrater is done with it, however it ends: nothing can be written elsewhere.</summary>
    private sealed class Onlooker(IHydrater hydrater) : IHydrater
    {
        public HydraterDescriptor Descriptor => hydrater.Descriptor;

        public IReadOnlyList<string> Left { get; private set; } = [];

        public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
        {
            try
            {
                return await hydrater.HydrateAsync(context, cancellationToken);
            }
            finally
            {
                Left = Directory.GetFiles(context.Temp.Path, "*", SearchOption.AllDirectories);
            }
        }
    }
}
