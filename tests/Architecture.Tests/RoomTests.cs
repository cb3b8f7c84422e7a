using System.Reflection;

namespace ActionMail.Architecture.Tests;

/// <summary>The shape of the house (ARCHITECTURE.md), held against the built assemblies.</summary>
public sealed class RoomTests
{
    private static readonly string[] Ours = ["ActionMail.Protocol", "ActionMail.Mail", "ActionMail.Server", "ActionMail.Sdk", "actionmail"];

    private static readonly string[] Outside =
    [
        "System.Net.Sockets", "System.Net.Http", "System.Net.NameResolution", "System.Net.Security", "System.Net.Requests", "System.Data.Common", "System.Console",
        "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "MailKit",
    ];

    private static readonly string[] Drawers = ["Manager", "Helper", "Helpers", "Utils", "Util", "Utility", "Common", "Misc", "Processor"];

    private static readonly string[] Layers = ["Domain", "Application", "Infrastructure", "Core", "Shared", "Services", "Repositories", "Dtos", "Models"];

    [Theory]
    [InlineData("ActionMail.Protocol")]
    [InlineData("ActionMail.Mail")]
    public void A_pure_project_reaches_nothing_outside(string name)
    {
        var reached = Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => Outside.Any(outside => reference.StartsWith(outside, StringComparison.Ordinal)));

        Assert.Empty(reached);
    }

    [Theory]
    [InlineData("ActionMail.Protocol", "")]
    [InlineData("ActionMail.Mail", "")]
    [InlineData("ActionMail.Sdk", "ActionMail.Protocol")]
    [InlineData("ActionMail.Server", "ActionMail.Mail ActionMail.Protocol")]
    [InlineData("actionmail", "ActionMail.Mail ActionMail.Protocol ActionMail.Sdk")]
    public void A_project_references_those_below_it_and_no_others(string name, string allowed)
    {
        var references = Load(name).GetReferencedAssemblies().Select(reference => reference.Name!).Where(reference => Ours.Contains(reference));

        Assert.Empty(references.Except(allowed.Split(' '), StringComparer.Ordinal));
    }

    [Fact]
    public void The_server_shows_nothing_to_other_assemblies() =>
        Assert.DoesNotContain(Load("ActionMail.Server").GetExportedTypes(), type =>
            type.Name != "Program" && type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) is not true);

    [Fact]
    public void An_interface_of_ours_has_two_implementations()
    {
        var types = Ours.SelectMany(name => Load(name).GetTypes()).ToList();
        var lonely = types.Where(type => type is { IsInterface: true, IsNested: false })
            .Where(contract => types.Count(type => type is { IsClass: true, IsAbstract: false } && contract.IsAssignableFrom(type)) < 2);

        Assert.Empty(lonely);
    }

    [Fact]
    public void No_type_is_a_drawer_and_no_folder_a_layer()
    {
        var types = Ours.SelectMany(name => Load(name).GetTypes()).Where(type => type.Namespace?.StartsWith("ActionMail", StringComparison.Ordinal) is true).ToList();

        Assert.DoesNotContain(types, type => Drawers.Any(drawer => type.Name.EndsWith(drawer, StringComparison.Ordinal)));
        Assert.DoesNotContain(types, type => type.Namespace!.Split('.').Any(part => Layers.Contains(part)));
    }

    [Fact]
    public void A_capability_of_the_server_is_a_folder_of_the_architecture()
    {
        string[] rooms = ["Intake", "Providers", "Inbox", "Outbound", "Actions", "Tokens", "Accounts", "Operations", "Network", "Persistence"];
        var namespaces = Load("ActionMail.Server").GetTypes().Select(type => type.Namespace ?? "")
            .Where(text => text.StartsWith("ActionMail.Server.", StringComparison.Ordinal)).Select(text => text.Split('.')[2]).Distinct();

        Assert.Empty(namespaces.Except(rooms, StringComparer.Ordinal));
    }

    private static Assembly Load(string name) => Assembly.Load(name);
}
