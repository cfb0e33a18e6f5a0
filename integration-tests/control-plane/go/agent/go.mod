module control-plane/agent

go 1.25.0
