// A provider of notes, which are files of a directory. It has two versions, which its file name tells apart as a mirror names it.
// Version 2 adds the computed attribute `region`, write-only arguments, an identity, an action and an ephemeral resource.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var isSecond = !strings.Contains(filepath.Base(os.Args[0]), "_v1")

const region = "eu-west-1"

func main() {
	// One address for both tools: the address is only checked in debug mode.
	options := providerserver.ServeOpts{Address: "registry.terraform.io/acme/notes"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return notes{} }, options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type notes struct{}

func (notes) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "notes"
}

func (notes) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	response.Schema = providerschema.Schema{Attributes: map[string]providerschema.Attribute{
		"directory": providerschema.StringAttribute{Required: true},
	}}
}

func (notes) Configure(ctx context.Context, request provider.ConfigureRequest, response *provider.ConfigureResponse) {
	var directory types.String
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("directory"), &directory)...)
	response.ResourceData = directory.ValueString()
	response.ActionData = directory.ValueString()
}

func (notes) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (notes) Resources(context.Context) []func() resource.Resource {
	if isSecond {
		return []func() resource.Resource{func() resource.Resource { return &secondNote{} }}
	}
	return []func() resource.Resource{func() resource.Resource { return &note{} }}
}

func (notes) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	if !isSecond {
		return nil
	}
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return password{} }}
}

func (notes) Actions(context.Context) []func() action.Action {
	if !isSecond {
		return nil
	}
	return []func() action.Action{func() action.Action { return &announce{} }}
}

// note is a file whose name is the id.
type note struct{ directory string }

// secondNote is the note of version 2.
type secondNote struct{ note }

type content struct {
	Text string `json:"text"`
}

func (note) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "notes_note"
}

func (note) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"name": schema.StringAttribute{
			Required:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"text": schema.StringAttribute{Required: true},
	}}
	if !isSecond {
		return
	}
	response.Schema.Attributes["region"] = schema.StringAttribute{
		Computed:      true,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
	response.Schema.Attributes["secret_wo"] = schema.StringAttribute{Optional: true, WriteOnly: true}
	response.Schema.Attributes["secret_wo_version"] = schema.Int64Attribute{Optional: true}
}

func (n *note) Configure(_ context.Context, request resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	n.directory, _ = request.ProviderData.(string)
}

func (n *note) file(name string) string {
	return filepath.Join(n.directory, filepath.Base(name)+".json")
}

type reader interface {
	GetAttribute(context.Context, path.Path, any) diag.Diagnostics
}

type writer interface {
	SetAttribute(context.Context, path.Path, any) diag.Diagnostics
}

func (n *note) write(name, text string) error {
	data, err := json.Marshal(content{Text: text})
	if err != nil {
		return err
	}
	return os.WriteFile(n.file(name), data, 0o600)
}

func (n *note) save(ctx context.Context, from reader, to writer) error {
	var name, text types.String
	from.GetAttribute(ctx, path.Root("name"), &name)
	from.GetAttribute(ctx, path.Root("text"), &text)
	if err := n.write(name.ValueString(), text.ValueString()); err != nil {
		return err
	}
	to.SetAttribute(ctx, path.Root("id"), name.ValueString())
	if isSecond {
		to.SetAttribute(ctx, path.Root("region"), region)
	}
	return nil
}

func (n *note) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	response.State.Raw = request.Plan.Raw
	if err := n.save(ctx, &request.Plan, &response.State); err != nil {
		response.Diagnostics.AddError("The note cannot be written", err.Error())
	}
	if response.Identity != nil {
		var name types.String
		request.Plan.GetAttribute(ctx, path.Root("name"), &name)
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("name"), name)...)
	}
}

func (n *note) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	response.State.Raw = request.Plan.Raw
	if err := n.save(ctx, &request.Plan, &response.State); err != nil {
		response.Diagnostics.AddError("The note cannot be written", err.Error())
	}
	if response.Identity != nil {
		var name types.String
		request.Plan.GetAttribute(ctx, path.Root("name"), &name)
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("name"), name)...)
	}
}

func (n *note) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var id types.String
	request.State.GetAttribute(ctx, path.Root("id"), &id)
	data, err := os.ReadFile(n.file(id.ValueString()))
	if os.IsNotExist(err) {
		response.State.RemoveResource(ctx)
		return
	}
	var found content
	if err == nil {
		err = json.Unmarshal(data, &found)
	}
	if err != nil {
		response.Diagnostics.AddError("The note cannot be read", err.Error())
		return
	}
	response.State.SetAttribute(ctx, path.Root("name"), id.ValueString())
	response.State.SetAttribute(ctx, path.Root("text"), found.Text)
	if isSecond {
		response.State.SetAttribute(ctx, path.Root("region"), region)
	}
	if response.Identity != nil {
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("name"), id)...)
	}
}

func (n *note) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var id types.String
	request.State.GetAttribute(ctx, path.Root("id"), &id)
	if err := os.Remove(n.file(id.ValueString())); err != nil && !os.IsNotExist(err) {
		response.Diagnostics.AddError("The note cannot be deleted", err.Error())
	}
}

func (n *secondNote) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{RequiredForImport: true},
	}}
}

func (n *secondNote) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("name"), request, response)
}

// announce is an action that appends a line to a file.
type announce struct{ directory string }

func (announce) Metadata(_ context.Context, _ action.MetadataRequest, response *action.MetadataResponse) {
	response.TypeName = "notes_announce"
}

func (announce) Schema(_ context.Context, _ action.SchemaRequest, response *action.SchemaResponse) {
	response.Schema = actionschema.Schema{Attributes: map[string]actionschema.Attribute{
		"channel": actionschema.StringAttribute{Required: true},
		"message": actionschema.StringAttribute{Required: true},
	}}
}

func (a *announce) Configure(_ context.Context, request action.ConfigureRequest, _ *action.ConfigureResponse) {
	a.directory, _ = request.ProviderData.(string)
}

func (a *announce) Invoke(ctx context.Context, request action.InvokeRequest, response *action.InvokeResponse) {
	var channel, message types.String
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("channel"), &channel)...)
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("message"), &message)...)
	name := filepath.Join(a.directory, "announced.txt")
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintf(file, "%s: %s\n", channel.ValueString(), message.ValueString())
		_ = file.Close()
	}
	if err != nil {
		response.Diagnostics.AddError("Nothing was announced", err.Error())
	}
}

// password is an ephemeral resource, which is in no plan and in no state.
type password struct{}

func (password) Metadata(_ context.Context, _ ephemeral.MetadataRequest, response *ephemeral.MetadataResponse) {
	response.TypeName = "notes_password"
}

func (password) Schema(_ context.Context, _ ephemeral.SchemaRequest, response *ephemeral.SchemaResponse) {
	response.Schema = ephemeralschema.Schema{Attributes: map[string]ephemeralschema.Attribute{
		"value": ephemeralschema.StringAttribute{Computed: true, Sensitive: true},
	}}
}

func (password) Open(ctx context.Context, _ ephemeral.OpenRequest, response *ephemeral.OpenResponse) {
	response.Diagnostics.Append(response.Result.SetAttribute(ctx, path.Root("value"), "ephemeral-swordfish")...)
}
