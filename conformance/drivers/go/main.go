// The command driver runs one batch of calls in the Extism Go SDK: a request on stdin, a response on stdout, both
// JSON. The protocol is described in ../../src/hosts/protocol.ts.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	extism "github.com/extism/go-sdk"
	"github.com/tetratelabs/wazero"
)

type request struct {
	Wasm      string     `json:"wasm"`
	Wasi      bool       `json:"wasi"`
	Scenarios []scenario `json:"scenarios"`
}

type scenario struct {
	Config    map[string]string `json:"config"`
	Functions []hostFunction    `json:"functions"`
	Calls     []call            `json:"calls"`
}

// encoding/json writes and reads []byte as base64.
type hostFunction struct {
	Name      string      `json:"name"`
	Does      string      `json:"does"`
	Replies   [][2][]byte `json:"replies"`
	Otherwise []byte      `json:"otherwise"`
}

type call struct {
	Export string `json:"export"`
	Input  []byte `json:"input"`
}

type response struct {
	Scenarios []scenarioResult `json:"scenarios"`
}

type scenarioResult struct {
	Refused string       `json:"refused,omitempty"`
	Calls   []callResult `json:"calls,omitempty"`
}

type callResult struct {
	// One of the two: encoding/json leaves out a nil pointer, and keeps empty bytes behind one.
	Output *[]byte     `json:"output,omitempty"`
	Error  *string     `json:"error,omitempty"`
	Logs   [][2]string `json:"logs"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var batch request
	if err := json.NewDecoder(os.Stdin).Decode(&batch); err != nil {
		return fmt.Errorf("the request is not the JSON that was expected: %w", err)
	}
	// One level more, and the SDK would put lines of its own between those of the plug-in.
	extism.SetLogLevel(extism.LogLevelInfo)
	// Each scenario has an instance of its own; compiling the module once is enough.
	cache := wazero.NewCompilationCache()
	var answer response
	for _, item := range batch.Scenarios {
		result, err := runScenario(batch, item, cache)
		if err != nil {
			return err
		}
		answer.Scenarios = append(answer.Scenarios, result)
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

func runScenario(batch request, item scenario, cache wazero.CompilationCache) (scenarioResult, error) {
	ctx := context.Background()
	functions := make([]extism.HostFunction, 0, len(item.Functions))
	for _, description := range item.Functions {
		function, err := newHostFunction(description)
		if err != nil {
			return scenarioResult{}, err
		}
		functions = append(functions, function)
	}
	manifest := extism.Manifest{
		Wasm:   []extism.Wasm{extism.WasmFile{Path: batch.Wasm}},
		Config: item.Config,
	}
	config := extism.PluginConfig{
		EnableWasi:    batch.Wasi,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCompilationCache(cache),
	}
	plugin, err := extism.NewPlugin(ctx, manifest, config, functions)
	if err != nil {
		return scenarioResult{Refused: err.Error()}, nil
	}
	defer plugin.Close(ctx)

	var result scenarioResult
	for _, one := range item.Calls {
		result.Calls = append(result.Calls, runCall(plugin, one))
	}
	return result, nil
}

func runCall(plugin *extism.Plugin, one call) callResult {
	result := callResult{Logs: [][2]string{}}
	plugin.SetLogger(func(level extism.LogLevel, message string) {
		result.Logs = append(result.Logs, [2]string{strings.ToLower(level.String()), message})
	})
	code, output, err := plugin.Call(one.Export, one.Input)
	if err == nil && code != 0 {
		// The SDK leaves it to its caller to look at the code.
		err = fmt.Errorf("the plug-in returned %d", code)
	}
	if err != nil {
		text := err.Error()
		result.Error = &text
	} else {
		// Not nil, which would be written as null.
		output = append([]byte{}, output...)
		result.Output = &output
	}
	return result
}

func newHostFunction(description hostFunction) (extism.HostFunction, error) {
	answer, err := behaviour(description)
	if err != nil {
		return extism.HostFunction{}, err
	}
	function := extism.NewHostFunctionWithStack(
		description.Name,
		func(_ context.Context, plugin *extism.CurrentPlugin, stack []uint64) {
			argument, err := plugin.ReadBytes(stack[0])
			if err != nil {
				panic(err)
			}
			reply, err := answer(argument)
			if err != nil {
				panic(err)
			}
			stack[0] = 0
			if len(reply) == 0 {
				return
			}
			if stack[0], err = plugin.WriteBytes(reply); err != nil {
				panic(err)
			}
		},
		[]extism.ValueType{extism.ValueTypePTR},
		[]extism.ValueType{extism.ValueTypePTR},
	)
	return function, nil
}

func behaviour(description hostFunction) (func([]byte) ([]byte, error), error) {
	switch description.Does {
	case "upper":
		return func(argument []byte) ([]byte, error) { return []byte(strings.ToUpper(string(argument))), nil }, nil
	case "reverse":
		return reverse, nil
	case "fail":
		return func([]byte) ([]byte, error) { return nil, errors.New("the host function failed on purpose") }, nil
	case "table":
		replies := make(map[string][]byte)
		for _, pair := range description.Replies {
			replies[string(pair[0])] = pair[1]
		}
		return func(argument []byte) ([]byte, error) {
			if reply, found := replies[string(argument)]; found {
				return reply, nil
			}
			return description.Otherwise, nil
		}, nil
	default:
		return nil, fmt.Errorf("no host function does %q", description.Does)
	}
}

func reverse(argument []byte) ([]byte, error) {
	reply := make([]byte, len(argument))
	for index, value := range argument {
		reply[len(reply)-1-index] = value
	}
	return reply, nil
}
