// The plug-in of ../../plugins/go-pdk.test.ts, on Extism's PDK for Go.
package main

import (
	"strings"

	"github.com/extism/go-pdk"
)

//go:wasmimport extism:host/user upper
func upper(argument uint64) uint64

//go:wasmexport count_vowels
func countVowels() int32 {
	count := 0
	for _, char := range pdk.InputString() {
		if strings.ContainsRune("aeiouAEIOU", char) {
			count++
		}
	}
	if err := pdk.OutputJSON(map[string]int{"count": count}); err != nil {
		pdk.SetError(err)
		return 1
	}
	return 0
}

//go:wasmexport greet
func greet() int32 {
	greeting, found := pdk.GetConfig("greeting")
	if !found {
		greeting = "Hello"
	}
	pdk.OutputString(greeting + ", " + pdk.InputString() + "!")
	return 0
}

//go:wasmexport shout
func shout() int32 {
	argument := pdk.AllocateString(pdk.InputString())
	reply := pdk.FindMemory(upper(argument.Offset()))
	pdk.OutputString(string(reply.ReadBytes()) + "!")
	return 0
}

//go:wasmexport remember
func remember() int32 {
	last := pdk.GetVar("last")
	pdk.SetVar("last", pdk.Input())
	pdk.Output(last)
	return 0
}

//go:wasmexport log_levels
func logLevels() int32 {
	text := pdk.InputString()
	pdk.Log(pdk.LogInfo, "info: "+text)
	pdk.Log(pdk.LogWarn, "warn: "+text)
	pdk.Log(pdk.LogError, "error: "+text)
	return 0
}

//go:wasmexport refuse
func refuse() int32 {
	pdk.SetErrorString("refused: " + pdk.InputString())
	return 1
}

func main() {}
